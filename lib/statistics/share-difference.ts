import { wilson } from "#lib/statistics/wilson";

/** A share minus another, with its interval, all -1 to 1. */
export type ShareDifference = { difference: number; low: number; high: number };

/**
 * The difference of two independent shares with the interval that combines their Wilson intervals (Newcombe 1998, method 10): right for
 * few and for shares near 0 or 1. Null if there is nothing on a side.
 */
export function shareDifference(
  one: { hits: number; n: number },
  other: { hits: number; n: number },
  z?: number,
): ShareDifference | null {
  const [a, b] = [wilson(one.hits, one.n, z), wilson(other.hits, other.n, z)];
  if (a === null || b === null) return null;
  const difference = a.share - b.share;
  return {
    difference,
    low: difference - Math.hypot(a.share - a.low, b.high - b.share),
    high: difference + Math.hypot(a.high - a.share, b.share - b.low),
  };
}
