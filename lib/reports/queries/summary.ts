import { sql } from "drizzle-orm";
import { readNow } from "#lib/context";
import type { Context } from "#lib/context";
import { EVERY_INCIDENT, incidentsHref } from "#lib/incidents/filter";
import type { Clock } from "#lib/incidents/filter";
import { packHref } from "#lib/reports/pack-filter";
import type { ReportPeriod } from "#lib/reports/period";
import { readChosenClock } from "#lib/reports/queries/chosen-clock";
import { rangOf, readLoad } from "#lib/reports/queries/load";
import { loadsOf } from "#lib/reports/queries/loads";
import { readWithoutMajor } from "#lib/reports/queries/pack-figures";
import { inReport, judgedPeriods, pagedHere } from "#lib/reports/queries/report-scope";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import { toSummary } from "#lib/reports/queries/summaries";
import { trendOf } from "#lib/reports/queries/trend";
import { NO_FILTER, reportHref } from "#lib/reports/report-filter";
import type { ReportFilter } from "#lib/reports/report-filter";
import { responseHref } from "#lib/reports/response-filter";
import { SUMMARY_CLOCKS, SUMMARY_DAYS } from "#lib/reports/summary";
import type { Summary } from "#lib/reports/summary";
import { trendsHref } from "#lib/reports/trends-filter";
import { readLevels, windowsAt } from "#lib/service-levels/queries/compliance";
import type { ServiceLevelFilter } from "#lib/service-levels/queries/compliance";
import { verdictOnCounts } from "#lib/statistics/verdict";
import { wilson } from "#lib/statistics/wilson";
import { DAY, startOfDay } from "#lib/time/calendar";
import { formatDate, wallClockAt } from "#lib/time/wall-clock";

/**
 * How the chosen services are doing, by the rules of the reports: every number opens the list that it counts, and the reports that it
 * leads to say the same.
 */
export async function readSummary(ctx: Context, scope: Partial<ServiceLevelFilter>): Promise<Summary> {
  const levelFilter = { team: [], service: [], ...scope };
  const today = startOfDay(wallClockAt(ctx.actor.timeZone, (await readNow(ctx.db)).getTime()));
  const filter: ReportFilter = {
    ...NO_FILTER,
    incidents: { ...EVERY_INCIDENT, ...levelFilter },
    range: null,
    from: formatDate(today - (SUMMARY_DAYS - 1) * DAY),
  };
  return inReport(ctx, filter, async (report) => {
    const { tx, now, viewer, range, population } = report;
    const [periods, paging] = await Promise.all([
      judgedPeriods(report, "week"),
      judgedPeriods({ ...report, population: pagedHere(population) }, "week"),
    ]);
    const [counts, withoutMajor, clocks, load, weeks, promises] = await Promise.all([
      readCounts(report),
      readWithoutMajor(report, population),
      Promise.all(SUMMARY_CLOCKS.map((clock) => clockOf(report, clock, periods))),
      readLoad(report, filter, range),
      readWeeks(report, periods),
      readLevels(tx, viewer, levelFilter, windowsAt(now, viewer.timeZone)),
    ]);
    return {
      generatedAt: now.toISOString(),
      timeZone: viewer.timeZone,
      ...counts,
      withoutMajor,
      clocks,
      load,
      weeks,
      verdicts: {
        incidents: verdictOnCounts(
          weeks.map(({ incidents, incomplete }) => ({ count: incidents, incomplete })),
        ),
        sleep: verdictOnCounts(
          weeks.map(({ sleep }, place) => ({ count: sleep, incomplete: paging[place]?.incomplete ?? true })),
        ),
      },
      promises,
      reports: {
        response: responseHref({ ...filter, clock: "resolve", by: "service" }),
        trends: trendsHref({ ...filter, by: "feature" }),
        health: reportHref("/reports/on-call-health", filter),
        week: packHref("/reports/reviews", {
          filter: { ...NO_FILTER, incidents: filter.incidents },
          unit: "week",
          key: null,
        }),
      },
    };
  });
}

async function readCounts({
  tx,
  population,
  chosen,
}: ReportScope): Promise<Pick<Summary, "incidents" | "open" | "major" | "escalated">> {
  const [row] = await tx.execute<Record<"incidents" | "open" | "major" | "escalated" | "paged", number>>(sql`
    select count(*)::int as incidents, count(*) filter (where status <> 'resolved')::int as open,
      count(*) filter (where major)::int as major,
      count(*) filter (where timeout_escalation_count > 0)::int as escalated,
      count(*) filter (where first_page_at is not null)::int as paged ${chosen}`);
  const counted = (count = 0, change: Partial<typeof population> = {}) => ({
    count,
    href: incidentsHref({ ...population, ...change }),
  });
  const of = row?.paged ?? 0;
  return {
    incidents: counted(row?.incidents),
    open: counted(row?.open, { resolved: false }),
    major: counted(row?.major, { major: true }),
    escalated: {
      ...counted(row?.escalated, { escalated: true }),
      of,
      proportion: wilson(row?.escalated ?? 0, of),
    },
  };
}

async function clockOf(
  report: ReportScope,
  clock: Clock,
  periods: readonly ReportPeriod[],
): Promise<Summary["clocks"][number]> {
  const filter = { ...report.filter, clock, by: "service" as const };
  const scope = { ...report, filter };
  const chosen = await readChosenClock(scope, periods);
  const summary = toSummary(chosen.all, incidentsHref({ ...report.population, clock }));
  const { verdict } = trendOf(scope, "week", periods, chosen.periods);
  return { ...summary, clock, verdict, reportHref: responseHref(filter) };
}

async function readWeeks(
  { tx, viewer, range, filter, chosen }: ReportScope,
  periods: readonly ReportPeriod[],
): Promise<Summary["weeks"]> {
  const starts = sql.param(periods.map(({ start }) => new Date(start).toISOString()));
  const edges = sql`(select ${starts}::text[]::timestamptz[])`;
  const [incidents, sleep] = await Promise.all([
    tx.execute<{ place: number; count: number }>(sql`
      select width_bucket(created_at, ${edges}) as place, count(*)::int as count ${chosen} group by 1`),
    tx.execute<{ place: number; count: number }>(sql`
      select width_bucket(r.at, ${edges}) as place, sum(r.count)::int as count
      ${loadsOf(rangOf(filter, range), viewer)} where r.class = 'sleep' group by 1`),
  ]);
  const at = (rows: readonly { place: number; count: number }[], index: number) =>
    rows.find(({ place }) => place === index + 1)?.count ?? 0;
  return periods.map(({ day, incomplete }, index) => ({
    day,
    incomplete,
    incidents: at(incidents, index),
    sleep: at(sleep, index),
  }));
}
