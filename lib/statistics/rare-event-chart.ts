import { mean } from "#lib/statistics/quantile";

export type RareEventChart = {
  centre: number;
  lower: number;
  upper: number;
  /** Places of the gaps that are too long or too short for chance. */
  outside: number[];
};

/**
 * The g chart of how many opportunities lie between one rare event and the next (Kaminsky and others 1992; Benneyan 2001): three
 * standard deviations of a geometric count. Counts per period would be zeros and ones and say nothing. Null of fewer than six gaps.
 */
export function opportunitiesBetween(gaps: readonly number[]): RareEventChart | null {
  const centre = mean(gaps);
  if (centre === null || gaps.length < 6) return null;
  const upper = centre + 3 * Math.sqrt(centre * (centre + 1));
  return { centre, lower: 0, upper, outside: gaps.flatMap((gap, index) => (gap > upper ? [index] : [])) };
}

// Makes exponential times nearly normal (Nelson 1994).
const POWER = 1 / 3.6;

/**
 * The t chart of the time between one rare event and the next: the times to the power of 1/3.6 on an individuals chart with moving ranges
 * (Nelson 1994; Montgomery, section 7.3.5), its limits back on the scale of the times. Null of fewer than six gaps.
 */
export function timeBetween(gaps: readonly number[]): RareEventChart | null {
  if (gaps.length < 6) return null;
  const scaled = gaps.map((gap) => Math.max(0, gap) ** POWER);
  const centre = mean(scaled) ?? 0;
  const ranges = scaled.slice(1).map((value, index) => Math.abs(value - (scaled[index] ?? value)));
  const reach = 2.66 * (mean(ranges) ?? 0);
  const [lower, upper] = [Math.max(0, centre - reach), centre + reach];
  const back = (value: number) => value ** (1 / POWER);
  return {
    centre: back(centre),
    lower: back(lower),
    upper: back(upper),
    outside: scaled.flatMap((value, index) => (value > upper || value < lower ? [index] : [])),
  };
}
