import { incidentsHref } from "#lib/incidents/filter";
import type { Clock, IncidentFilter } from "#lib/incidents/filter";
import type { Durations } from "#lib/reports/durations";
import type { PeriodUnit, ReportPeriod } from "#lib/reports/period";
import type { PeriodSummary, ResponseReport } from "#lib/reports/response-report";
import { behaviourOf, verdictOn } from "#lib/statistics/verdict";

/** The median of the clock in each period, with natural limits, signals and a verdict; the durations are those of each period. */
export function trendOf(
  { clock, population }: { clock: Clock; population: IncidentFilter },
  unit: PeriodUnit,
  periods: readonly ReportPeriod[],
  durations: readonly (Durations | null)[],
): ResponseReport["trend"] {
  const summaries = periods.map(({ start, end, day, incomplete }, index): PeriodSummary => {
    const own = durations[index];
    const [firstQuartile = null, median = null, thirdQuartile = null] = own?.quantiles ?? [];
    const [from, to] = [new Date(start).toISOString(), new Date(end).toISOString()];
    const href = incidentsHref({ ...population, clock, from, to });
    return { day, incomplete, n: own?.n ?? 0, median, firstQuartile, thirdQuartile, href };
  });
  return { unit, periods: summaries, ...behaviourOf(summaries), verdict: verdictOn(summaries) };
}
