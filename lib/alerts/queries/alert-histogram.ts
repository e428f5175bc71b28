import { sql } from "drizzle-orm";
import type { AlertOutcome } from "#lib/alerts/filter";
import { alertConditions, ALERTS, OUTCOME } from "#lib/alerts/queries/alert-conditions";
import type { AlertBinDto } from "#lib/alerts/schemas";
import { binUnit } from "#lib/alerts/span";
import type { BoundedFilter } from "#lib/alerts/span";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";

/**
 * Alerts by what became of them in the hours, days or weeks (of the viewer's clock) of a filter's time, oldest first. The filter has a
 * beginning; without an end it reaches until now.
 */
export async function readAlertHistogram(ctx: Context, filter: BoundedFilter): Promise<AlertBinDto[]> {
  requirePermission(ctx.actor, "read");
  const viewer = { userId: ctx.actor.id, timeZone: ctx.actor.timeZone };
  const now = await readNow(ctx.db);
  const end = filter.to === null ? now : new Date(filter.to);
  const unit = binUnit(filter, now);
  const local = (at: Date) =>
    sql`date_trunc(${unit}, ${at.toISOString()}::timestamptz at time zone ${viewer.timeZone}::text)`;
  const [rows, bins] = await Promise.all([
    ctx.db.execute<{ bin: number; outcome: AlertOutcome; count: number }>(sql`
      select (extract(epoch from date_trunc(${unit}, a.created_at at time zone ${viewer.timeZone}::text)) * 1000)::float8 as bin,
        ${OUTCOME} as outcome, count(*)::int as count
      from ${ALERTS} where ${alertConditions(filter, viewer)} group by 1, 2`),
    ctx.db.execute<{ bin: number; begins: number; ends: number }>(sql`
      select (extract(epoch from bin) * 1000)::float8 as bin,
        (extract(epoch from bin at time zone ${viewer.timeZone}::text) * 1000)::float8 as begins,
        (extract(epoch from (bin + ${`1 ${unit}`}::interval) at time zone ${viewer.timeZone}::text) * 1000)::float8 as ends
      from generate_series(${local(new Date(filter.from))}, ${local(end)}, ${`1 ${unit}`}::interval) as bin`),
  ]);
  const byBin = Map.groupBy(rows, ({ bin }) => bin);
  return bins
    .filter(({ begins }) => begins < end.getTime())
    .map(({ bin, begins, ends }) => {
      const counts = { opened: 0, joined: 0, suppressed: 0, held: 0, none: 0 };
      for (const { outcome, count } of byBin.get(bin) ?? []) counts[outcome] = count;
      return {
        from: new Date(Math.max(begins, new Date(filter.from).getTime())).toISOString(),
        to: new Date(Math.min(ends, end.getTime())).toISOString(),
        isRunning: ends > now.getTime(),
        counts,
      };
    });
}
