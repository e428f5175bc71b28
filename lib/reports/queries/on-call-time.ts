import { sql } from "drizzle-orm";
import type { Context } from "#lib/context";
import { readNow } from "#lib/context";
import { loadPolicyShifts } from "#lib/on-call/queries/policy-shifts";
import type { MetricFilter } from "#lib/reports/metric-filter";
import { onCallTimes } from "#lib/reports/on-call-time";
import type { OnCallTime } from "#lib/reports/on-call-time";
import { list } from "#lib/reports/queries/metric-conditions";

/**
 * How long each person was on call in the range, up to now, by the schedules of that time and the policies as they are: of those, the ones
 * that the filter names itself, by its teams, or by its services.
 */
export async function readOnCallTimes(
  { db }: Pick<Context, "db">,
  filter: Pick<MetricFilter, "from" | "to" | "policyIds" | "teamIds" | "serviceIds">,
): Promise<Map<string, OnCallTime>> {
  const end = Math.min(filter.to.getTime(), (await readNow(db)).getTime());
  const window = { start: filter.from.getTime(), end };
  if (window.start >= window.end) return new Map();
  const among = (column: string, ids: readonly string[]) =>
    ids.length === 0 ? sql`true` : sql`${sql.raw(column)} = any(${list(ids)})`;
  const policies = await db.execute<{ id: string }>(sql`
    select e.id from escalation_policies e
    where e.deleted_at is null and ${among("e.id", filter.policyIds)} and ${among("e.team_id", filter.teamIds)}
      and (${filter.serviceIds.length === 0} or e.id in (
        select s.escalation_policy_id from services s where s.deleted_at is null and ${among("s.id", filter.serviceIds)}))`);
  const shifts = await loadPolicyShifts(
    db,
    policies.map(({ id }) => id),
    { start: new Date(window.start), end: new Date(window.end) },
  );
  const spans = [...shifts.values()].flatMap(({ levels }) =>
    levels.flatMap(({ position, shifts: own }) =>
      own.map((shift) => ({
        userId: shift.user.id,
        level: position,
        start: shift.start?.getTime() ?? null,
        end: shift.end?.getTime() ?? null,
      })),
    ),
  );
  return onCallTimes(spans, window);
}
