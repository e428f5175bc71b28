import { sql } from "drizzle-orm";
import { incidentsHref } from "#lib/incidents/filter";
import { clockColumn } from "#lib/incidents/queries/filter-conditions";
import type { PeriodUnit, ReportPeriod } from "#lib/reports/period";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import type { ResponseFilter } from "#lib/reports/response-filter";
import type { PeriodSummary, ResponseReport } from "#lib/reports/response-report";
import { behaviourOf, verdictOn } from "#lib/statistics/verdict";

type TrendRow = { period: number; n: number; quartiles: number[] };

/** The median of the clock in each period, with natural limits, signals and a verdict. */
export async function readTrend(
  { tx, filter, population, chosen }: ReportScope<ResponseFilter>,
  unit: PeriodUnit,
  periods: readonly ReportPeriod[],
): Promise<ResponseReport["trend"]> {
  const starts = sql.param(periods.map(({ start }) => new Date(start).toISOString()));
  const ms = clockColumn(filter.clock);
  // The starts are read once in a subquery: as a cast in place they would be parsed for every row.
  const rows = await tx.execute<TrendRow>(sql`
    select width_bucket(created_at, (select ${starts}::text[]::timestamptz[])) as period, count(*)::int as n,
      percentile_cont(array[0.25, 0.5, 0.75]) within group (order by ${ms}) as quartiles
    ${chosen} and ${ms} is not null
    group by 1`);
  const byPeriod = new Map(rows.map((row) => [row.period, row]));
  const summaries = periods.map(({ start, end, day, incomplete }, index): PeriodSummary => {
    const row = byPeriod.get(index + 1);
    const [firstQuartile = null, median = null, thirdQuartile = null] = row?.quartiles ?? [];
    const [from, to] = [new Date(start).toISOString(), new Date(end).toISOString()];
    const href = incidentsHref({ ...population, clock: filter.clock, from, to });
    return { day, incomplete, n: row?.n ?? 0, median, firstQuartile, thirdQuartile, href };
  });
  return { unit, periods: summaries, ...behaviourOf(summaries), verdict: verdictOn(summaries) };
}
