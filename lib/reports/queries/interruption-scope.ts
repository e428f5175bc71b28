import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { requirePermission } from "#lib/context";
import type { Actor, Context, Transaction } from "#lib/context";
import { AppError } from "#lib/errors";
import type { FilterViewer } from "#lib/incidents/queries/filter-conditions";
import { hasPermission } from "#lib/people/permissions";
import type { InterruptionFilter } from "#lib/reports/interruption-filter";
import { whereOf } from "#lib/reports/queries/report-scope";

/**
 * `from (…) r`: the interruptions that count and match, with the service of their incident's facts. The range is that of the interruption.
 */
export function interruptionsOf(filter: InterruptionFilter, viewer: FilterViewer): SQL {
  const { incidents, person, class: kind, weekday, hour } = filter;
  const conditions = [
    sql`r.counted`,
    withinRange(sql`r.at`, incidents, viewer),
    person === null ? undefined : sql`r.user_id = ${person}`,
    kind === null ? undefined : sql`r.class = ${kind}`,
    weekday === null ? undefined : sql`r.weekday = ${weekday}`,
    hour === null ? undefined : sql`r.hour = ${hour}`,
  ].filter((condition) => condition !== undefined);
  const chosen = whereOf({ ...incidents, from: null, to: null }, viewer);
  return sql`from (
    select r.delivery_id, r.incident_id, r.user_id, r.channel, r.at, r.time_zone, r.weekday, r.hour, r.class, f.service_id
    from interruptions r
    join (select incident_id, service_id from incident_facts where ${chosen}) f on f.incident_id = r.incident_id
    where ${sql.join(conditions, sql` and `)}
  ) r`;
}

/** That an instant is in the filter's range. */
export function withinRange(
  instant: SQL,
  { from, to }: { from: string | null; to: string | null },
  viewer: FilterViewer,
): SQL {
  const bounds = [
    from === null ? [] : [sql`${instant} >= ${instantOf(from, viewer, 0)}`],
    to === null ? [] : [sql`${instant} < ${instantOf(to, viewer, 1)}`],
  ].flat();
  return bounds.length === 0 ? sql`true` : sql.join(bounds, sql` and `);
}

function instantOf(text: string, viewer: FilterViewer, plusDays: number): SQL {
  if (text.includes("T")) return sql`${text}::timestamptz`;
  return sql`((${text}::date + ${plusDays}::int)::timestamp at time zone ${viewer.timeZone}::text)`;
}

/** Whose load the actor may see by name: null for everybody (managers and up), else themselves and people of teams they manage. */
export async function visiblePeople(
  tx: Transaction | Context["db"],
  actor: Actor,
): Promise<Set<string> | null> {
  if (hasPermission(actor.role, "audit.read")) return null;
  if (actor.type !== "user" || actor.id === null) return new Set();
  const rows = await tx.execute<{ id: string }>(sql`
    select m.user_id as id from team_members m
    where m.team_id in (select team_id from team_members where user_id = ${actor.id} and role = 'manager')`);
  return new Set([actor.id, ...rows.map(({ id }) => id)]);
}

/** How many interruptions match. Throws `forbidden` for those of a person whom the actor may not see by name. */
export async function countInterruptions(ctx: Context, filter: InterruptionFilter): Promise<number> {
  requirePermission(ctx.actor, "read");
  await requireVisible(ctx, filter.person);
  const viewer = { userId: ctx.actor.id, timeZone: ctx.actor.timeZone };
  const [row] = await ctx.db.execute<{ count: number }>(
    sql`select count(*)::int as count ${interruptionsOf(filter, viewer)}`,
  );
  return row?.count ?? 0;
}

/** Throws `forbidden` unless the actor may see this person's load by name; null is nobody in particular. */
export async function requireVisible(ctx: Context, person: string | null): Promise<void> {
  if (person === null) return;
  const visible = await visiblePeople(ctx.db, ctx.actor);
  if (visible === null || visible.has(person)) return;
  throw new AppError("forbidden", "Whom pages interrupt is for that person and their managers to see.", {
    wireCode: 2010,
  });
}
