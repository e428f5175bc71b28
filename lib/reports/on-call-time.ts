import { intersect, totalLength, union } from "#lib/time/interval";
import type { Interval } from "#lib/time/interval";

/** A person at a level of a policy; null: since ever, or without end. Epoch milliseconds. */
export type TimeAtLevel = { userId: string; level: number; start: number | null; end: number | null };

/** Milliseconds within a window; who is on call for several things at once counts once. */
export type OnCallTime = { all: number; first: number; later: number };

/** How long each person was on call within the window: at all, at a first level, and at any later one. */
export function onCallTimes(spans: readonly TimeAtLevel[], window: Interval): Map<string, OnCallTime> {
  const length = (of: readonly TimeAtLevel[]) =>
    totalLength(
      intersect(
        union(of.map(({ start, end }) => ({ start: start ?? window.start, end: end ?? window.end }))),
        [window],
      ),
    );
  return new Map(
    [...Map.groupBy(spans, ({ userId }) => userId)].map(([userId, own]) => [
      userId,
      {
        all: length(own),
        first: length(own.filter(({ level }) => level === 1)),
        later: length(own.filter(({ level }) => level > 1)),
      },
    ]),
  );
}
