import { sql } from "drizzle-orm";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { CLOCKS, incidentsHref } from "#lib/incidents/filter";
import type { Clock } from "#lib/incidents/filter";
import { clockColumn } from "#lib/incidents/queries/filter-conditions";
import { periodsOf, rangeOf, unitOf } from "#lib/reports/period";
import { readBreakdown } from "#lib/reports/queries/breakdown";
import { readCounts } from "#lib/reports/queries/counts";
import { readDots } from "#lib/reports/queries/dots";
import { whereOf } from "#lib/reports/queries/report-scope";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import { readStillOpen } from "#lib/reports/queries/still-open";
import { selectSummaries, toSummary } from "#lib/reports/queries/summaries";
import type { SummaryRow } from "#lib/reports/queries/summaries";
import { readTrend } from "#lib/reports/queries/trend";
import { populationOf } from "#lib/reports/response-filter";
import type { ResponseFilter } from "#lib/reports/response-filter";
import type { ClockSummary, ResponseReport } from "#lib/reports/response-report";

/**
 * How fast incidents were acknowledged, responded to and resolved: all parts from one snapshot, each number with the incident list
 * that has exactly as many rows. Incidents count by when they were created; open ones are never counted as finished.
 */
export async function readResponseReport(ctx: Context, filter: ResponseFilter): Promise<ResponseReport> {
  requirePermission(ctx.actor, "read");
  const { timeZone } = ctx.actor;
  const viewer = { userId: ctx.actor.id, timeZone };
  return ctx.db.transaction(
    async (tx) => {
      // Sorts of tens of thousands of durations stay in memory.
      await tx.execute(sql`set local work_mem = '32MB'`);
      const now = await readNow(tx);
      const range = rangeOf(filter, timeZone, now.getTime());
      const population = populationOf(filter, range);
      const chosen = sql`from incident_facts where ${whereOf(population, viewer)}`;
      const scope: ReportScope = { tx, filter, population, viewer, chosen };
      const unit = unitOf(range);
      // Sent together: the driver pipelines them on the transaction's connection.
      const [counts, clockRows, trend, breakdown, dots, stillOpen] = await Promise.all([
        readCounts(scope),
        readClocks(scope),
        readTrend(scope, unit, periodsOf(range, unit, timeZone, now.getTime())),
        readBreakdown(scope),
        readDots(scope),
        readStillOpen(scope),
      ]);
      const { waiting, ...rest } = counts;
      return {
        generatedAt: now.toISOString(),
        timeZone,
        from: new Date(range.start).toISOString(),
        to: new Date(range.end).toISOString(),
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
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
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
