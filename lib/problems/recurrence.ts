import { benjaminiHochberg } from "#lib/statistics/benjamini-hochberg";
import { rateRatio } from "#lib/statistics/rate-ratio";

/** Days of a window in which recurrence is looked for; each is compared with the eight before it. */
export const WINDOWS = [7, 14, 28] as const;
export const BASELINE_WINDOWS = 8;
export const FALSE_DISCOVERY_RATE = 0.1;
export const LEAST_COUNT = 3;
export const LEAST_RATIO = 2;
// A baseline shorter than this many windows says too little about what is usual.
const LEAST_BASELINE = 2;

/** Hours of a stretch of time, and how many of them were game time. */
export type Hours = { total: number; game: number };

/** What happened within a window and its baseline, of one kind of incident: a template of a service, or a feature. */
export type Cluster = { key: string; windowDays: number; observed: number; baseline: number };

export type WindowHours = { windowDays: number; observed: Hours; baseline: Hours };

export type Recurrence = Cluster & { expected: number; ratio: number | null; p: number; q: number };

/** How many times as often incidents of any kind come in game time as at other times; 1 where that can't be told. */
export function gameMultiplier(incidents: { game: number; other: number }, hours: Hours): number {
  const otherHours = hours.total - hours.game;
  if (hours.game <= 0 || otherHours <= 0 || incidents.other === 0) return 1;
  return Math.max(1, incidents.game / hours.game / (incidents.other / otherHours));
}

/** Hours in which as many incidents are to be expected as in that many hours without games. */
export function exposureOf({ total, game }: Hours, multiplier: number): number {
  return total - game + game * multiplier;
}

/**
 * The clusters that recur more than before: at least 3 in the window, at least twice the rate of a baseline with the same share of game
 * time, and a false discovery rate of 0.1 over all clusters and windows looked at (Benjamini and Hochberg over exact conditional
 * tests of two rates). `tests` is how many clusters times windows there were, those without an incident in the window
 * included. Of a cluster that stands out in several windows the most certain one is given; of those with the same incidents, the shortest.
 */
export function findRecurrences(
  clusters: readonly Cluster[],
  hours: readonly WindowHours[],
  multiplier: number,
  tests: number,
): Recurrence[] {
  const tested = clusters.flatMap((cluster) => {
    const result = compare(cluster, hours, multiplier);
    return result ? [{ ...cluster, ...result }] : [];
  });
  const others = Array.from({ length: Math.max(0, tests - tested.length) }, () => 1);
  const adjusted = benjaminiHochberg([...tested.map(({ p }) => p), ...others]);
  const best = new Map<string, Recurrence>();
  for (const [index, found] of tested.entries()) {
    const recurrence = { ...found, q: adjusted[index] ?? 1 };
    const known = best.get(found.key);
    if (isRecurrence(recurrence) && (!known || saysMore(recurrence, known))) best.set(found.key, recurrence);
  }
  return [...best.values()].toSorted((a, b) => a.p - b.p || a.key.localeCompare(b.key));
}

/** A longer window that holds no more incidents than a shorter one only blurs when they came. */
function saysMore(one: Recurrence, other: Recurrence): boolean {
  return one.observed === other.observed ? one.windowDays < other.windowDays : one.p < other.p;
}

function compare(
  { windowDays, observed, baseline }: Cluster,
  hours: readonly WindowHours[],
  multiplier: number,
) {
  const window = hours.find((candidate) => candidate.windowDays === windowDays);
  if (!window || window.baseline.total < LEAST_BASELINE * window.observed.total) return null;
  const { expected, ratio, pMore } = rateRatio(
    { count: observed, exposure: exposureOf(window.observed, multiplier) },
    { count: baseline, exposure: exposureOf(window.baseline, multiplier) },
  );
  return { expected, ratio, p: pMore };
}

function isRecurrence({ observed, ratio, q }: Recurrence): boolean {
  return (
    observed >= LEAST_COUNT && (ratio ?? Number.POSITIVE_INFINITY) >= LEAST_RATIO && q <= FALSE_DISCOVERY_RATE
  );
}

/** Whether what was dismissed has grown so much that it is worth another look: by half, and by three at least. */
export function hasGrown(dismissedCount: number, count: number): boolean {
  return count >= dismissedCount + LEAST_COUNT && count >= dismissedCount * 1.5;
}

/** "7 in 14 days, expected 1.9 (p = 0.003)". */
export function recurrenceSentence(found: {
  observed: number;
  windowDays: number;
  expected: number;
  p: number;
}): string {
  const { observed, windowDays, expected, p } = found;
  return `${observed} in ${windowDays} days, expected ${expected.toFixed(1)} (p ${probability(p)})`;
}

/** "= 0.003", "< 0.001". */
export function probability(p: number): string {
  return p < 0.001 ? "< 0.001" : `= ${p.toFixed(p < 0.1 ? 3 : 2)}`;
}
