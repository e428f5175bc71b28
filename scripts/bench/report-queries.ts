import { parseResponseFilter } from "#lib/reports/response-filter";
import { readDetectionReport } from "#lib/reports/queries/detection-report";
import { readIncidentMetrics } from "#lib/reports/queries/incident-metrics";
import { readHealthReport } from "#lib/reports/queries/on-call-health-report";
import { readPackReport } from "#lib/reports/queries/pack-report";
import { readResponseReport } from "#lib/reports/queries/response-report";
import { readTrendsReport } from "#lib/reports/queries/trends-report";
import { EVERY_METRIC } from "#lib/reports/metric-filter";
import { parseReportFilter } from "#lib/reports/report-filter";
import { parseTrendsFilter } from "#lib/reports/trends-filter";
import { readServiceLevelReport } from "#lib/service-levels/queries/compliance";
import { actAs } from "#lib/testing/factories";
import type { TestDatabase } from "#lib/testing/test-database";
import { YEARS } from "#scripts/bench/report-data";

const DAY = 86_400_000;
const FEW = 5000;

export type MeasuredReport = {
  name: string;
  /** The report with the n-th of its filters. */
  read: (n: number) => Promise<unknown>;
  /** The same numbers from incidents, log entries and sends alone, in one plain statement. */
  raw: (n: number) => Promise<unknown>;
};

type Sql = TestDatabase["sql"];
type IsoRange = { from: string; to: string };

/** Per team and week, from incidents and log entries: how many, how often escalated, how fast acknowledged and resolved. */
function rawTimes(sql: Sql, { from, to }: IsoRange, serviceId: string | null = null) {
  return sql`
    with measured as (
      select i.id, s.team_id, i.created_at, extract(epoch from i.resolved_at - i.created_at) as resolve,
        (select extract(epoch from min(l.at) - i.created_at) from log_entries l
          where l.incident_id = i.id and l.type = 'acknowledge' and l.actor_type = 'user') as ack,
        (select count(*) from log_entries l where l.incident_id = i.id and l.type = 'escalate') as escalations
      from incidents i join services s on s.id = i.service_id
      where i.created_at >= ${from}::timestamptz and i.created_at < ${to}::timestamptz
        and (${serviceId}::text is null or i.service_id = ${serviceId})
    )
    select team_id, date_trunc('week', created_at) as week, count(*), sum(escalations),
      percentile_cont(array[0.25, 0.5, 0.75, 0.9]) within group (order by resolve),
      percentile_cont(array[0.25, 0.5, 0.75, 0.9]) within group (order by ack)
    from measured group by grouping sets ((), (team_id), (week))`;
}

/** Per service or source and week, from incidents and log entries: how many that no machine resolved. */
function rawCounts(sql: Sql, { from, to }: IsoRange, by: "service_id" | "detection_source") {
  return sql`
    select ${sql(by)} as key, date_trunc('week', i.created_at) as week, count(*)
    from incidents i
    left join lateral (
      select l.actor_type from log_entries l where l.incident_id = i.id and l.type = 'resolve' order by l.at desc, l.id desc limit 1
    ) r on true
    where i.created_at >= ${from}::timestamptz and i.created_at < ${to}::timestamptz
      and i.merged_into_id is null and coalesce(r.actor_type, 'user') = 'user'
    group by grouping sets ((1), (2), (1, 2))`;
}

/** Per person and hour of the week, from what was sent: bursts of a minute, and those at night by their clock. */
function rawLoad(sql: Sql, { from, to }: IsoRange) {
  return sql`
    select d.user_id, w.day, w.hour, count(*), count(*) filter (where w.hour < 8 or w.hour >= 22) as sleep
    from (
      select d.*, d.sent_at - lag(d.sent_at) over (partition by d.user_id order by d.sent_at) as since from deliveries d
      where d.sent_at >= ${from}::timestamptz and d.sent_at < ${to}::timestamptz and d.channel in ('push', 'sms', 'phone')
    ) d join users u on u.id = d.user_id
    cross join lateral (
      select extract(isodow from d.sent_at at time zone u.time_zone) as day, extract(hour from d.sent_at at time zone u.time_zone) as hour
    ) w
    where since is null or since >= interval '60 seconds' group by grouping sets ((1), (2, 3))`;
}

/** Every measured report. Each n asks for another range, so that no answer is the one before. */
export function measuredReports({ db, sql }: TestDatabase, now: Date, stored: number): MeasuredReport[] {
  const ctx = actAs(db, { role: "owner", timeZone: "America/New_York" });
  const range = (days: number, n: number) => {
    // Whole days, as people ask for them.
    const to = new Date((Math.floor(now.getTime() / DAY) - n * 3) * DAY);
    return { from: new Date(to.getTime() - days * DAY), to };
  };
  const isoRange = (days: number, n: number) => {
    const { from, to } = range(days, n);
    return { from: from.toISOString(), to: to.toISOString() };
  };
  const metrics = (days: number, n: number, by: "all" | "service") =>
    readIncidentMetrics(ctx, {
      filter: { ...EVERY_METRIC, ...range(days, n) },
      by,
      unit: null,
      timeZone: "Etc/UTC",
    });
  const response = (days: number, n: number, more: Record<string, string> = {}) =>
    readResponseReport(ctx, parseResponseFilter({ ...more, ...isoRange(days, n) }));
  const trends = (days: number, n: number, by: string) =>
    readTrendsReport(ctx, parseTrendsFilter({ by, ...isoRange(days, n) }));
  const report = (days: number, n: number) => parseReportFilter(isoRange(days, n));
  const times = (days: number) => (n: number) => rawTimes(sql, isoRange(days, n));
  const counts = (days: number, by: "service_id" | "detection_source") => (n: number) =>
    rawCounts(sql, isoRange(days, n), by);
  const loads = (days: number) => (n: number) => rawLoad(sql, isoRange(days, n));
  const month = (n: number) => {
    const { to } = range(0, 10 * n);
    return to.toISOString().slice(0, 7);
  };
  const few = (YEARS * 365 * FEW) / stored;
  return [
    { name: "response, 13 weeks", read: (n) => response(91, n), raw: times(91) },
    { name: "response, 52 weeks", read: (n) => response(364, n), raw: times(364) },
    {
      name: "response, one service, 52 weeks",
      read: (n) => response(364, n, { service: `S${n + 100}` }),
      raw: (n) => rawTimes(sql, isoRange(364, n), `S${n + 100}`),
    },
    // Of any number that are stored: it takes as long whatever that is.
    { name: `response, ${FEW} incidents`, read: (n) => response(few, n), raw: times(few) },
    {
      name: "trends by service, 13 weeks",
      read: (n) => trends(91, n, "service"),
      raw: counts(91, "service_id"),
    },
    {
      name: "trends by feature, 52 weeks",
      read: (n) => trends(364, n, "feature"),
      raw: counts(364, "service_id"),
    },
    {
      name: "detection, 52 weeks",
      read: (n) => readDetectionReport(ctx, report(364, n)),
      raw: counts(364, "detection_source"),
    },
    { name: "on-call health, 13 weeks", read: (n) => readHealthReport(ctx, report(91, n)), raw: loads(91) },
    { name: "on-call health, 52 weeks", read: (n) => readHealthReport(ctx, report(364, n)), raw: loads(364) },
    {
      name: "executive summary, a month",
      read: (n) => readPackReport(ctx, parseReportFilter({}), { unit: "month", key: month(n) }),
      raw: async (n) => {
        await times(61)(10 * n);
        await loads(61)(10 * n);
      },
    },
    {
      name: "service levels",
      read: (n) => readServiceLevelReport(ctx, { team: n % 2 === 0 ? [] : [`T${n + 1}`], service: [] }),
      raw: () => times(31)(0),
    },
    { name: "metrics of all, 13 weeks", read: (n) => metrics(91, n, "all"), raw: times(91) },
    { name: "metrics by service, 52 weeks", read: (n) => metrics(364, n, "service"), raw: times(364) },
  ];
}
