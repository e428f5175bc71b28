import { sql } from "drizzle-orm";
import type { Context } from "#lib/context";
import { CLOCKS, incidentsHref } from "#lib/incidents/filter";
import type { Clock } from "#lib/incidents/filter";
import { clockColumn } from "#lib/incidents/queries/filter-conditions";
import { periodsOf, unitOf } from "#lib/reports/period";
import { readBreakdown } from "#lib/reports/queries/breakdown";
import { readCounts } from "#lib/reports/queries/counts";
import { readDots } from "#lib/reports/queries/dots";
import { inReport, readFrame } from "#lib/reports/queries/report-scope";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import { readStillOpen } from "#lib/reports/queries/still-open";
import { selectSummaries, toSummary } from "#lib/reports/queries/summaries";
import type { SummaryRow } from "#lib/reports/queries/summaries";
import { readTrend } from "#lib/reports/queries/trend";
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
    // Sent together: the driver pipelines them on the transaction's connection.
    const [frame, counts, clockRows, trend, breakdown, dots, stillOpen] = await Promise.all([
      readFrame(scope),
      readCounts(scope),
      readClocks(scope),
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
      clocks: CLOCKS.map((clock): ClockSummary => {
        const row = clockRows.find(({ key }) => key === clock);
        const href = incidentsHref({ ...population, clock });
        return { clock, ...toSummary(row, href), ...waiting[clock] };
      }),
      trend,
      ...breakdown,
      dots,
      stillOpen,
    };
  });
}

/** One query a clock: sorting each alone is several times faster than all of them together. */
async function readClocks({ tx, chosen }: ReportScope): Promise<(SummaryRow & { key: Clock })[]> {
  const rows = await Promise.all(
    CLOCKS.map(async (clock) => {
      const ms = clockColumn(clock);
      const measured = sql`select null::text as key, ${ms} as ms, number ${chosen} and ${ms} is not null`;
      const [row] = await tx.execute<SummaryRow>(selectSummaries(measured));
      return row ? [{ ...row, key: clock }] : [];
    }),
  );
  return rows.flat();
}
