import type { Slot } from "#lib/on-call/slot";
import type { Interval } from "#lib/time/interval";
import { intersect, union } from "#lib/time/interval";

/** What is known of people beyond this schedule. */
export type Circumstances = {
  /** When they are away; each list is sorted by start. */
  away: ReadonlyMap<string, readonly Interval[]>;
  /** What they have in other schedules; each list of spans is a union. */
  elsewhere: ReadonlyMap<string, readonly { scheduleName: string; spans: readonly Interval[] }[]>;
  /** Who can't be woken, and why. */
  unreachable: ReadonlyMap<string, string>;
};

/** What speaks against somebody being on call; none of it takes them off duty. */
export type PersonWarning =
  | { kind: "time-off"; userId: string; start: Date; end: Date }
  /** The first of `count` times on call in two schedules at once. */
  | { kind: "elsewhere"; userId: string; scheduleName: string; start: Date; end: Date; count: number }
  | { kind: "not-reachable"; userId: string; because: string };

export function personWarnings(
  slots: readonly Slot[],
  { away, elsewhere, unreachable }: Circumstances,
): PersonWarning[] {
  return [...Map.groupBy(slots, ({ userId }) => userId)].flatMap(([userId, own]): PersonWarning[] => {
    const onCall = union(own);
    const because = unreachable.get(userId);
    return [
      ...conflictsOf(onCall, away.get(userId) ?? []).map(({ start, end }) => ({
        kind: "time-off" as const,
        userId,
        start: new Date(start),
        end: new Date(end),
      })),
      ...(elsewhere.get(userId) ?? []).flatMap(({ scheduleName, spans }) => {
        const both = intersect(onCall, spans);
        const [first] = both;
        if (!first) return [];
        const at = { start: new Date(first.start), end: new Date(first.end) };
        return [{ kind: "elsewhere" as const, userId, scheduleName, ...at, count: both.length }];
      }),
      ...(because === undefined ? [] : [{ kind: "not-reachable" as const, userId, because }]),
    ];
  });
}

/** The parts of shifts in which their person is away. Both are sorted by start. */
export function conflictsOf<T extends Interval>(shifts: readonly T[], away: readonly Interval[]): T[] {
  return intersect(shifts, union(away));
}
