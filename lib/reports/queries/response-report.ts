import type { Context } from "#lib/context";
import { CLOCKS, incidentsHref } from "#lib/incidents/filter";
import { periodsOf, unitOf } from "#lib/reports/period";
import { readBreakdown } from "#lib/reports/queries/breakdown";
import { readChosenClock } from "#lib/reports/queries/chosen-clock";
import { readCounts } from "#lib/reports/queries/counts";
import { readDots } from "#lib/reports/queries/dots";
import { readOtherClocks } from "#lib/reports/queries/other-clocks";
import { inReport, readFrame } from "#lib/reports/queries/report-scope";
import { readStillOpen } from "#lib/reports/queries/still-open";
import { toSummary } from "#lib/reports/queries/summaries";
import { trendOf } from "#lib/reports/queries/trend";
import type { ResponseFilter } from "#lib/reports/response-filter";
import type { ClockSummary, ResponseReport } from "#lib/reports/response-report";

/**
 * How fast incidents were acknowledged, responded to and resolved: all parts from one snapshot, each number with the incident list
 * that has exactly as many rows. Incidents count by when they were created; open ones are never counted as finished.
 */
export async function readResponseReport(ctx: Context, filter: ResponseFilter): Promise<ResponseReport> {
  return inReport(ctx, filter, async (scope) => {
    const { now, range, population, viewer } = scope;
    const unit = unitOf(range);
    const periods = periodsOf(range, unit, viewer.timeZone, now.getTime());
    // Sent together: the driver pipelines them on the transaction's connection.
    const choosing = readChosenClock(scope, periods);
    const [frame, { waiting, measured, escalated }, chosen, breakdown, dots, stillOpen] = await Promise.all([
      readFrame(scope),
      readCounts(scope),
      choosing,
      readBreakdown(scope, choosing),
      readDots(scope),
      readStillOpen(scope),
    ]);
    const { clocks, phases } = await readOtherClocks(scope, filter.clock, measured);
    return {
      ...frame,
      clock: filter.clock,
      escalated,
      phases,
      clocks: CLOCKS.map((clock): ClockSummary => {
        const row = clock === filter.clock ? chosen.all : clocks.get(clock);
        const href = incidentsHref({ ...population, clock });
        return { clock, ...toSummary(row, href), ...waiting[clock] };
      }),
      trend: trendOf(scope, unit, periods, chosen.periods),
      ...breakdown,
      dots,
      stillOpen,
    };
  });
}
