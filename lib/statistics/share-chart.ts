import { signalsOf } from "#lib/statistics/control-chart";
import type { Limited, Signal } from "#lib/statistics/control-chart";
import { mean } from "#lib/statistics/quantile";

/** Shares with the limits that their numbers give them; `spread` is 1 where they vary as chance alone would have it. */
export type ShareChart = { centre: number; spread: number; points: Limited[]; signals: Signal[] };

// d2 for moving ranges of two.
const D2 = 1.128;

/**
 * The p' chart of Laney (2002): three binomial standard deviations either way, widened by how much more the standardised shares move
 * from one period to the next than they should. A p chart of large numbers cries wolf, since no process is as even as a coin. Centre and
 * spread come from the first `baseline` periods that have anything in them, from all without one. Null where these are fewer than two,
 * and where their share is 0 or 1 throughout.
 */
export function shareChart(
  periods: readonly { hits: number; n: number }[],
  baseline = periods.length,
): ShareChart | null {
  const counted = periods.flatMap((period, index) => (period.n > 0 ? [{ ...period, index }] : []));
  const base = counted.slice(0, baseline);
  const all = base.reduce((sum, { n }) => sum + n, 0);
  const centre = base.reduce((sum, { hits }) => sum + hits, 0) / Math.max(1, all);
  if (base.length < 2 || centre <= 0 || centre >= 1) return null;
  const deviation = (n: number) => Math.sqrt((centre * (1 - centre)) / n);
  const standardised = base.map(({ hits, n }) => (hits / n - centre) / deviation(n));
  const ranges = standardised.slice(1).map((z, index) => Math.abs(z - (standardised[index] ?? z)));
  const spread = (mean(ranges) ?? 0) / D2;
  const points = counted.map(({ index, hits, n }): Limited => {
    const reach = 3 * deviation(n) * spread;
    return {
      index,
      value: hits / n,
      centre,
      lower: Math.max(0, centre - reach),
      upper: Math.min(1, centre + reach),
    };
  });
  return { centre, spread, points, signals: signalsOf(points) };
}
