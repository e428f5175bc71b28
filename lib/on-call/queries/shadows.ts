import { and, asc, eq, gt, lt } from "drizzle-orm";
import { scheduleShadows } from "#db/schema/covers";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { windowSchema } from "#lib/on-call/schemas";
import type { WindowInput } from "#lib/on-call/schemas";
import { shadowShifts } from "#lib/on-call/shadow";
import { parseInput } from "#lib/parse-input";
import { loadPersonRefs } from "#lib/people/queries/person-refs";
import type { PersonRef } from "#lib/people/queries/person-refs";

export type ShadowDto = {
  id: string;
  user: PersonRef;
  /** Null: whoever is on call. */
  follows: PersonRef | null;
  startsAt: string;
  endsAt: string;
  isTold: boolean;
};

export type ShadowShiftDto = { user: PersonRef; follows: PersonRef; start: string; end: string };

export type ScheduleShadows = {
  /** Those that aren't over, the earliest first. */
  shadows: ShadowDto[];
  /** What they follow within the window. */
  shifts: ShadowShiftDto[];
};

/** Who follows the shifts of a schedule, and which of the window. */
export async function listShadows(
  ctx: Context,
  input: { scheduleId: string; window: WindowInput },
): Promise<ScheduleShadows> {
  requirePermission(ctx.actor, "read");
  const window = parseInput(windowSchema, input.window);
  const now = await readNow(ctx.db);
  const earliest = window.start < now ? window.start : now;
  const rows = await ctx.db
    .select()
    .from(scheduleShadows)
    .where(and(eq(scheduleShadows.scheduleId, input.scheduleId), gt(scheduleShadows.endsAt, earliest)))
    .orderBy(asc(scheduleShadows.startsAt), asc(scheduleShadows.id));
  if (rows.length === 0) return { shadows: [], shifts: [] };
  const facts = (await loadScheduleFacts(ctx.db, [input.scheduleId], window)).get(input.scheduleId);
  const shifts = facts ? shadowShifts(facts, rows, window) : [];
  const people = await loadPersonRefs(ctx.db, [
    ...rows.flatMap(({ userId, followsUserId }) => [userId, followsUserId ?? userId]),
    ...shifts.map(({ followsUserId }) => followsUserId),
  ]);
  return {
    shadows: rows
      .filter(({ endsAt }) => endsAt > now)
      .flatMap(({ id, userId, followsUserId, startsAt, endsAt, isTold }) => {
        const user = people.get(userId);
        if (!user) return [];
        const follows = followsUserId === null ? null : (people.get(followsUserId) ?? null);
        return { id, user, follows, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), isTold };
      }),
    shifts: shifts.flatMap(({ userId, followsUserId, start, end }) => {
      const [user, follows] = [people.get(userId), people.get(followsUserId)];
      return user && follows ? [{ user, follows, start: start.toISOString(), end: end.toISOString() }] : [];
    }),
  };
}

/** The shadows that wish to be told when a shift they follow begins, of these days. */
export async function loadToldShadows(db: Context["db"], { start, end }: { start: Date; end: Date }) {
  return db
    .select()
    .from(scheduleShadows)
    .where(
      and(
        eq(scheduleShadows.isTold, true),
        lt(scheduleShadows.startsAt, end),
        gt(scheduleShadows.endsAt, start),
      ),
    );
}
