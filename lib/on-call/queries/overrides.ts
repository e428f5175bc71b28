import { and, asc, eq, gt, isNull, lt } from "drizzle-orm";
import { scheduleOverrides } from "#db/schema/schedules";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { windowSchema } from "#lib/on-call/schemas";
import type { WindowInput } from "#lib/on-call/schemas";
import { parseInput } from "#lib/parse-input";
import { loadPersonRefs } from "#lib/people/queries/person-refs";
import type { PersonRef } from "#lib/people/queries/person-refs";

export type OverrideDto = {
  id: string;
  startsAt: string;
  endsAt: string;
  user: PersonRef;
  /** Whose shifts are taken over; null: whoever's. */
  replaces: PersonRef | null;
  createdBy: PersonRef | null;
  createdAt: string;
  /** Somebody deactivated since: it puts nobody on call. */
  isEmpty: boolean;
};

/** The overrides of a schedule that meet the window, the earliest first. */
export async function listOverrides(
  ctx: Context,
  input: { scheduleId: string; window: WindowInput },
): Promise<OverrideDto[]> {
  requirePermission(ctx.actor, "read");
  const { start, end } = parseInput(windowSchema, input.window);
  const rows = await ctx.db
    .select()
    .from(scheduleOverrides)
    .where(
      and(
        eq(scheduleOverrides.scheduleId, input.scheduleId),
        isNull(scheduleOverrides.removedAt),
        lt(scheduleOverrides.startsAt, end),
        gt(scheduleOverrides.endsAt, start),
      ),
    )
    .orderBy(asc(scheduleOverrides.startsAt), asc(scheduleOverrides.id));
  const people = await loadPersonRefs(
    ctx.db,
    rows.flatMap(({ userId, replacesUserId, createdBy }) => [
      userId,
      replacesUserId ?? userId,
      createdBy ?? userId,
    ]),
  );
  return rows.flatMap((row) => {
    const user = people.get(row.userId);
    if (!user) return [];
    return {
      id: row.id,
      startsAt: row.startsAt.toISOString(),
      endsAt: row.endsAt.toISOString(),
      user,
      replaces: row.replacesUserId === null ? null : (people.get(row.replacesUserId) ?? null),
      createdBy: row.createdBy === null ? null : (people.get(row.createdBy) ?? null),
      createdAt: row.createdAt.toISOString(),
      isEmpty: user.isDeactivated,
    };
  });
}
