import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { CLOCKS, incidentsHref } from "#lib/incidents/filter";
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
      const now = await readNow(tx);
      const range = rangeOf(filter, timeZone, now.getTime());
      const population = populationOf(filter, range);
      const chosen = sql`from incident_facts where ${whereOf(population, viewer)}`;
      const scope: ReportScope = { tx, filter, population, viewer, chosen };
      const unit = unitOf(range);
      // Sent together: the driver pipelines them on the transaction's connection.
      const [counts, clockRows, trend, breakdown, dots, stillOpen] = await Promise.all([
        readCounts(scope),
        tx.execute<SummaryRow>(selectSummaries(everyClock(chosen))),
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

function everyClock(chosen: SQL): SQL {
  return sql`
    select m.clock as key, m.ms, f.incident_id
    from (select * ${chosen}) f
    cross join lateral (values
      ('acknowledge', f.ms_to_acknowledge), ('respond', f.ms_to_respond),
      ('resolve', f.ms_to_resolve), ('mitigate', f.ms_to_mitigate)
    ) as m (clock, ms)
    where m.ms is not null`;
}
