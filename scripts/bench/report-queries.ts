import { parseResponseFilter } from "#lib/reports/response-filter";
import { readIncidentMetrics } from "#lib/reports/queries/incident-metrics";
import { readResponseReport } from "#lib/reports/queries/response-report";
import { readServiceLevelReport } from "#lib/service-levels/queries/compliance";
import { actAs } from "#lib/testing/factories";
import type { TestDatabase } from "#lib/testing/test-database";

const DAY = 86_400_000;

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

/** Per person, from what was sent: bursts of a minute, and those at night by their clock. */
function rawLoad(sql: Sql, { from, to }: IsoRange) {
  return sql`
    select d.user_id, count(*), count(*) filter (where w.hour < 8 or w.hour >= 22) as sleep
    from (
      select d.*, d.sent_at - lag(d.sent_at) over (partition by d.user_id order by d.sent_at) as since from deliveries d
      where d.sent_at >= ${from}::timestamptz and d.sent_at < ${to}::timestamptz and d.channel in ('push', 'sms', 'phone')
    ) d join users u on u.id = d.user_id
    cross join lateral (select extract(hour from d.sent_at at time zone u.time_zone) as hour) w
    where since is null or since >= interval '60 seconds' group by d.user_id`;
}

/** The same from interruptions. */
function load(sql: Sql, { from, to }: IsoRange) {
  return sql`
    select user_id, class, count(*) from interruptions
    where counted and at >= ${from}::timestamptz and at < ${to}::timestamptz group by 1, 2`;
}

/** Every measured report. Each n asks for another range, so that no answer is the one before. */
export function measuredReports({ db, sql }: TestDatabase, now: Date): MeasuredReport[] {
  const ctx = actAs(db, { role: "owner", timeZone: "America/New_York" });
  const range = (days: number, n: number) => {
    const to = new Date(now.getTime() - n * 3 * DAY);
    return { from: new Date(to.getTime() - days * DAY), to };
  };
  const isoRange = (days: number, n: number) => {
    const { from, to } = range(days, n);
    return { from: from.toISOString(), to: to.toISOString() };
  };
  const metricFilter = (days: number, n: number) => ({
    ...range(days, n),
    urgency: null,
    major: null,
    minAcknowledgements: 0,
    minTimeoutEscalations: 0,
    minManualEscalations: 0,
    teamIds: [],
    serviceIds: [],
    policyIds: [],
    priorityIds: [],
    priorityNames: [],
    updatedAfter: null,
  });
  const response = (days: number, n: number, more: Record<string, string> = {}) => {
    const filter = parseResponseFilter({ ...more, ...isoRange(days, n) });
    return readResponseReport(ctx, filter);
  };
  return [
    { name: "response, 13 weeks", read: (n) => response(91, n), raw: (n) => rawTimes(sql, isoRange(91, n)) },
    {
      name: "response, 52 weeks",
      read: (n) => response(364, n),
      raw: (n) => rawTimes(sql, isoRange(364, n)),
    },
    {
      name: "response, one service, 52 weeks",
      read: (n) => response(364, n, { service: `S${n + 100}` }),
      raw: (n) => rawTimes(sql, isoRange(364, n), `S${n + 100}`),
    },
    {
      name: "metrics of all, 13 weeks",
      read: (n) =>
        readIncidentMetrics(ctx, { filter: metricFilter(91, n), by: "all", unit: null, timeZone: "Etc/UTC" }),
      raw: (n) => rawTimes(sql, isoRange(91, n)),
    },
    {
      name: "metrics by service, 52 weeks",
      read: (n) =>
        readIncidentMetrics(ctx, {
          filter: metricFilter(364, n),
          by: "service",
          unit: null,
          timeZone: "Etc/UTC",
        }),
      raw: (n) => rawTimes(sql, isoRange(364, n)),
    },
    {
      name: "service levels",
      read: (n) => readServiceLevelReport(ctx, levelFilter(n)),
      raw: () => rawTimes(sql, isoRange(31, 0)),
    },
    {
      name: "interruptions by person, 13 weeks",
      read: (n) => load(sql, isoRange(91, n)),
      raw: (n) => rawLoad(sql, isoRange(91, n)),
    },
  ];
}

function levelFilter(n: number) {
  return { team: n % 2 === 0 ? [] : [`T${n + 1}`], service: [] };
}
