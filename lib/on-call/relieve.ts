import type { CoverSpan } from "#lib/on-call/cover";
import { assignedSlots } from "#lib/on-call/resolve";
import type { Override, ScheduleFacts } from "#lib/on-call/schedule";
import type { Slot } from "#lib/on-call/slot";
import { union } from "#lib/time/interval";

/** An override to be made, without its id and age. */
export type NewOverride = Pick<Override, "userId" | "startsAt" | "endsAt"> & {
  replacesUserId: string | null;
};

/**
 * The overrides that put one person in the place of another for a span, and touch nobody else: a colleague in the same turn stays.
 * Where the other is on call by an override themselves, it is whom that replaced who is replaced again. Empty if they aren't on call.
 */
export function relieve(
  facts: ScheduleFacts,
  people: { relievedId: string; byUserId: string },
  { startsAt, endsAt }: CoverSpan,
): NewOverride[] {
  const range = { start: startsAt.getTime(), end: endsAt.getTime() };
  const own = assignedSlots(facts, range).filter(({ userId }) => userId === people.relievedId);
  return [...Map.groupBy(own, replacedBy)]
    .flatMap(([replacesUserId, slots]) =>
      union(slots).map(({ start, end }) => ({
        userId: people.byUserId,
        replacesUserId,
        startsAt: new Date(start),
        endsAt: new Date(end),
      })),
    )
    .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
}

function replacedBy({ scheduledUserId }: Slot): string | null {
  return scheduledUserId;
}

/** Everybody who stands in a layer that is in force now or later and may be on call: who can be asked for cover. */
export function membersOf(facts: ScheduleFacts, now: Date): Set<string> {
  const layers = facts.versions
    .filter(({ effectiveTo }) => effectiveTo === null)
    .flatMap(({ definition }) => definition.layers)
    .filter(({ endsAt }) => endsAt === null || endsAt > now);
  const named = layers.flatMap((layer) => layer.turns.flat());
  return new Set(named.filter((userId) => facts.activeUserIds?.has(userId) ?? true));
}
