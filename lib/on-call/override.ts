import type { Override, ScheduleFacts } from "#lib/on-call/schedule";
import type { Slot } from "#lib/on-call/slot";
import type { Interval } from "#lib/time/interval";
import { complement, intersect, subtract, union } from "#lib/time/interval";

/** The overrides that count for these facts, the decisive one first: of the asked policy, then created last. */
export function overridesInForce(facts: ScheduleFacts, range: Interval): Override[] {
  const { activeUserIds, policyId } = facts;
  return facts.overrides
    .filter((it) => it.startsAt < it.endsAt)
    .filter((it) => it.startsAt.getTime() < range.end && it.endsAt.getTime() > range.start)
    .filter((it) => !it.policyId || it.policyId === policyId)
    .filter((it) => !activeUserIds || activeUserIds.has(it.userId))
    .sort(byDecisiveness);
}

function byDecisiveness(a: Override, b: Override): number {
  const scoped = Number(Boolean(b.policyId)) - Number(Boolean(a.policyId));
  const created = b.createdAt.getTime() - a.createdAt.getTime();
  return scoped || created || (a.id < b.id ? 1 : -1);
}

/**
 * Puts overrides over what the layers say. Each scheduled person's slot, and the empty one, goes to the
 * first override that fits it; a replaced person is looked for among the layers alone, so substitution
 * happens once and is not transitive.
 */
export function applyOverrides(
  scheduled: readonly Slot[],
  overrides: readonly Override[],
  range: Interval,
): Slot[] {
  const gaps = overrides.length === 0 ? [] : complement(range, union(scheduled));
  return [
    ...gaps.flatMap((gap) => takeOver(gap, null, overrides).taken),
    ...scheduled.flatMap((slot) => {
      const { taken, left } = takeOver(slot, slot.userId, overrides);
      return [...taken, ...left.map(({ start, end }) => ({ ...slot, start, end }))];
    }),
  ];
}

function takeOver(
  span: Interval,
  userId: string | null,
  overrides: readonly Override[],
): { taken: Slot[]; left: Interval[] } {
  let left: Interval[] = [{ start: span.start, end: span.end }];
  const taken: Slot[] = [];
  for (const [index, override] of overrides.entries()) {
    if (override.replacesUserId && override.replacesUserId !== userId) continue;
    const inForce = [{ start: override.startsAt.getTime(), end: override.endsAt.getTime() }];
    for (const part of intersect(left, inForce)) {
      const source = { kind: "override" as const, overrideId: override.id };
      taken.push({
        ...part,
        userId: override.userId,
        source,
        rank: index - overrides.length,
        scheduledUserId: userId,
      });
    }
    left = subtract(left, inForce);
  }
  return { taken, left };
}
