import { resolveSlots } from "#lib/on-call/resolve";
import type { ScheduleFacts, ScheduleWindow } from "#lib/on-call/schedule";
import { intersect, union } from "#lib/time/interval";

/** Somebody who follows shifts to learn; nothing ever puts them on call by it. */
export type Shadow = {
  id: string;
  userId: string;
  /** Null: whoever is on call. */
  followsUserId: string | null;
  startsAt: Date;
  endsAt: Date;
};

/** A stretch in which a shadow goes along with one person. */
export type ShadowShift = { shadowId: string; userId: string; followsUserId: string; start: Date; end: Date };

/** Which shifts are followed by whom within the window; never one's own. Sorted by start. */
export function shadowShifts(
  facts: ScheduleFacts,
  shadows: readonly Shadow[],
  window: ScheduleWindow,
): ShadowShift[] {
  if (shadows.length === 0) return [];
  const slots = resolveSlots(facts, { start: window.start.getTime(), end: window.end.getTime() });
  const stretches = [...Map.groupBy(slots, ({ userId }) => userId)].map(
    ([userId, own]) => [userId, union(own)] as const,
  );
  return shadows
    .flatMap(({ id, userId, followsUserId, startsAt, endsAt }) =>
      stretches
        .filter(([followed]) => followed !== userId && (followsUserId === null || followsUserId === followed))
        .flatMap(([followed, spans]) =>
          intersect(spans, [{ start: startsAt.getTime(), end: endsAt.getTime() }]).map(({ start, end }) => ({
            shadowId: id,
            userId,
            followsUserId: followed,
            start: new Date(start),
            end: new Date(end),
          })),
        ),
    )
    .toSorted((a, b) => a.start.getTime() - b.start.getTime());
}
