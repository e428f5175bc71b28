import { sql } from "drizzle-orm";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { InterruptionDto } from "#lib/reports/interruption";
import type { InterruptionFilter } from "#lib/reports/interruption-filter";
import {
  countInterruptions,
  interruptionsOf,
  requireVisible,
  visiblePeople,
} from "#lib/reports/queries/interruption-scope";

const MOST = 200;

/** The newest two hundred of these interruptions, and how many there are. */
export async function listInterruptions(
  ctx: Context,
  filter: InterruptionFilter,
): Promise<{ total: number; interruptions: InterruptionDto[] }> {
  requirePermission(ctx.actor, "read");
  await requireVisible(ctx, filter.person);
  const viewer = { userId: ctx.actor.id, timeZone: ctx.actor.timeZone };
  const [total, visible, rows] = await Promise.all([
    countInterruptions(ctx, filter),
    visiblePeople(ctx.db, ctx.actor),
    ctx.db.execute<
      Omit<InterruptionDto, "at" | "person"> & { at: number; user_id: string; name: string }
    >(sql`
      select n.delivery_id as id, (extract(epoch from n.at) * 1000)::float8 as at, n.time_zone as "timeZone", n.class,
        n.channel, n.user_id, u.name, i.number, i.title
      from (select * ${interruptionsOf(filter, viewer)} order by r.at desc, r.delivery_id limit ${MOST}) n
      join users u on u.id = n.user_id
      join incidents i on i.id = n.incident_id
      order by n.at desc, n.delivery_id`),
  ]);
  return {
    total,
    interruptions: rows.map(({ at, user_id, name, ...row }) => ({
      ...row,
      at: new Date(at).toISOString(),
      person: visible === null || visible.has(user_id) ? name : null,
    })),
  };
}
