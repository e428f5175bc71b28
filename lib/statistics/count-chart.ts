import { signalsOf } from "#lib/statistics/control-chart";
import type { Limited, Signal } from "#lib/statistics/control-chart";

/** A rate per exposure with the limits that its exposure gives it. */
export type CountChart = { centre: number; points: Limited[]; signals: Signal[] };

/**
 * The u chart of events per exposure, three standard deviations of a Poisson count either way (Montgomery, Introduction to Statistical
 * Quality Control, section 7.3); with an exposure of 1 each it is the c chart. Events that come in bursts spread more than Poisson's:
 * their limits are too narrow here, and `processBehaviour` on the root scale is the chart to take. Null without any exposure.
 */
export function countChart(periods: readonly { count: number; exposure: number }[]): CountChart | null {
  const exposed = periods.flatMap((period, index) => (period.exposure > 0 ? [{ ...period, index }] : []));
  const all = exposed.reduce((sum, { exposure }) => sum + exposure, 0);
  if (all === 0) return null;
  const centre = exposed.reduce((sum, { count }) => sum + count, 0) / all;
  const points = exposed.map(({ index, count, exposure }): Limited => {
    const reach = 3 * Math.sqrt(centre / exposure);
    return {
      index,
      value: count / exposure,
      centre,
      lower: Math.max(0, centre - reach),
      upper: centre + reach,
    };
  });
  return { centre, points, signals: signalsOf(points) };
}
