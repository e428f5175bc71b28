import type { Context } from "#lib/context";
import { CLOCKS } from "#lib/incidents/filter";
import { periodsOf, unitOf } from "#lib/reports/period";
import { readBreakdown } from "#lib/reports/queries/breakdown";
import { readClock } from "#lib/reports/queries/clocks";
import { readCounts } from "#lib/reports/queries/counts";
import { readDots } from "#lib/reports/queries/dots";
import { inReport, readFrame } from "#lib/reports/queries/report-scope";
import { readStillOpen } from "#lib/reports/queries/still-open";
import { readTrend } from "#lib/reports/queries/trend";
import type { ResponseFilter } from "#lib/reports/response-filter";
import type { ClockSummary, ResponseReport } from "#lib/reports/response-report";

/**
 * How fast incidents were acknowledged, responded to and resolved: all parts from one snapshot, each number with the incident list
 * that has exactly as many rows. Incidents count by when they were created; open ones are never counted as finished.
 */
export async function readResponseReport(ctx: Context, filter: ResponseFilter): Promise<ResponseReport> {
  return inReport(ctx, filter, async (scope) => {
    const { now, range, viewer } = scope;
    const unit = unitOf(range);
    // Sent together: the driver pipelines them on the transaction's connection.
    const [frame, counts, clocks, trend, breakdown, dots, stillOpen] = await Promise.all([
      readFrame(scope),
      readCounts(scope),
      Promise.all(CLOCKS.map(async (clock) => ({ clock, ...(await readClock(scope, clock)) }))),
      readTrend(scope, unit, periodsOf(range, unit, viewer.timeZone, now.getTime())),
      readBreakdown(scope),
      readDots(scope),
      readStillOpen(scope),
    ]);
    const { waiting, ...rest } = counts;
    return {
      ...frame,
      clock: filter.clock,
      ...rest,
      clocks: clocks.map((summary): ClockSummary => ({ ...summary, ...waiting[summary.clock] })),
      trend,
      ...breakdown,
      dots,
      stillOpen,
    };
  });
}
