import { incidentsHref } from "#lib/incidents/filter";
import type { PeriodUnit, ReportPeriod } from "#lib/reports/period";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import type { SummaryRow } from "#lib/reports/queries/summaries";
import type { ResponseFilter } from "#lib/reports/response-filter";
import type { PeriodSummary, ResponseReport } from "#lib/reports/response-report";
import { behaviourOf, verdictOn } from "#lib/statistics/verdict";

/** The median of the clock in each period, with natural limits, signals and a verdict. */
export function trendOf(
  { filter, population }: ReportScope<ResponseFilter>,
  unit: PeriodUnit,
  periods: readonly ReportPeriod[],
  rows: readonly SummaryRow[],
): ResponseReport["trend"] {
  const byPeriod = new Map(rows.map((row) => [Number(row.key), row]));
  const summaries = periods.map(({ start, end, day, incomplete }, index): PeriodSummary => {
    const row = byPeriod.get(index + 1);
    const [firstQuartile = null, median = null, thirdQuartile = null] = row?.quartiles ?? [];
    const [from, to] = [new Date(start).toISOString(), new Date(end).toISOString()];
    const href = incidentsHref({ ...population, clock: filter.clock, from, to });
    return { day, incomplete, n: row?.n ?? 0, median, firstQuartile, thirdQuartile, href };
  });
  return { unit, periods: summaries, ...behaviourOf(summaries), verdict: verdictOn(summaries) };
}
