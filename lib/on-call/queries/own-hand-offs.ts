import { and, gt, inArray } from "drizzle-orm";
import { shiftAcceptances } from "#db/schema/hand-offs";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { handOffAddress, secondOf } from "#lib/on-call/hand-off-address";
import { handOffs } from "#lib/on-call/hand-offs";
import { OPENS_BEFORE } from "#lib/on-call/queries/hand-off";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { loadSchedulesOf } from "#lib/people/queries/obligations";
import { HOUR } from "#lib/time/calendar";

/** So long after it a hand-off is still shown to those whom it concerns. */
const SHOWN_AFTER = HOUR;

export type OwnHandOff = {
  address: string;
  schedule: { name: string; slug: string };
  at: string;
  side: "incoming" | "outgoing";
  /** Somebody who comes has said that they have it. */
  isAccepted: boolean;
};

/** The hand-offs that the asking person is part of, from an hour before to an hour after; what they have accepted is left out. */
export async function listOwnHandOffs(ctx: Context): Promise<OwnHandOff[]> {
  requirePermission(ctx.actor, "read");
  const userId = ctx.actor.id;
  if (userId === null) return [];
  const now = (await readNow(ctx.db)).getTime();
  const range = { start: now - SHOWN_AFTER, end: now + OPENS_BEFORE };
  const schedules = await loadSchedulesOf(ctx.db, userId, new Date(range.start));
  if (schedules.length === 0) return [];
  const facts = await loadScheduleFacts(
    ctx.db,
    schedules.map(({ id }) => id),
    { start: new Date(range.start - 1), end: new Date(range.end + 1) },
  );
  const found = schedules.flatMap(({ id, name, slug }) => {
    const of = facts.get(id);
    const own = of ? handOffs(of, range) : [];
    return own
      .filter(({ incoming, outgoing }) => incoming.includes(userId) || outgoing.includes(userId))
      .map((handOff) => ({ scheduleId: id, schedule: { name, slug }, ...handOff }));
  });
  if (found.length === 0) return [];
  const accepted = await ctx.db
    .select()
    .from(shiftAcceptances)
    .where(
      and(
        inArray(shiftAcceptances.scheduleId, [...new Set(found.map(({ scheduleId }) => scheduleId))]),
        gt(shiftAcceptances.at, new Date(range.start - 1)),
      ),
    );
  return found
    .map(({ scheduleId, schedule, at, incoming }) => {
      const of = accepted.filter((it) => it.scheduleId === scheduleId && it.at.getTime() === secondOf(at));
      return {
        address: handOffAddress({ scheduleId, at: new Date(at) }),
        schedule,
        at: new Date(at).toISOString(),
        side: incoming.includes(userId) ? ("incoming" as const) : ("outgoing" as const),
        isAccepted: of.length > 0,
        isDone: of.some((it) => it.userId === userId),
      };
    })
    .filter(({ isDone }) => !isDone)
    .map(({ isDone: _isDone, ...handOff }) => handOff)
    .toSorted((a, b) => (a.at < b.at ? -1 : 1));
}
