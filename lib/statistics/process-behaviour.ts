import { signalsOf } from "#lib/statistics/control-chart";
import type { Signal } from "#lib/statistics/control-chart";
import { mean } from "#lib/statistics/quantile";

export type Limits = {
  /** First and last point that the limits were computed from. */
  from: number;
  to: number;
  centre: number;
  lower: number;
  upper: number;
  /** Fewer than twelve points behind them. */
  provisional: boolean;
};

export type Behaviour = { limits: Limits | null; signals: Signal[] };

/** The scale on which equal distances mean the same: logarithms for durations, roots for counts. */
export type BehaviourScale = "log" | "root";

/** Fewer points than this have no limits at all. */
export const LEAST_POINTS = 6;
/** The baseline that limits come from once there are as many. */
export const FIRM_POINTS = 12;
// Mean moving ranges. The usual 2.66 (3 / d2) would be right if centre and spread were known; twelve points only estimate them.
const REACH = 3;

const SCALES = {
  log: { takes: (value: number) => value > 0, to: Math.log, from: Math.exp },
  // Anscombe (1948): counts spread alike whatever their size.
  root: {
    takes: (value: number) => value >= 0,
    to: (value: number) => 2 * Math.sqrt(value + 3 / 8),
    from: (scaled: number) => Math.max(0, (Math.max(0, scaled) / 2) ** 2 - 3 / 8),
  },
} as const;

/**
 * An XmR chart (individuals and moving range; Wheeler 2000) on the scale of the values' logarithm, so that twice as long and half as
 * long are equally far, or of their root, for counts; the limits are returned on the scale of the values. They come from the first
 * twelve points, the baseline, or from all of them while there are fewer. How far they reach is measured, not assumed: values that
 * cluster have wide limits. Null values, and on the log scale zeros, are periods without data: they take no part.
 */
export function processBehaviour(
  values: readonly (number | null)[],
  scale: BehaviourScale = "log",
): Behaviour {
  const { takes, to, from } = SCALES[scale];
  const points = values.flatMap((value, index) =>
    value === null || !takes(value) ? [] : [{ index, value: to(value) }],
  );
  if (points.length < LEAST_POINTS) return { limits: null, signals: [] };
  const baseline = points.slice(0, FIRM_POINTS);
  const centre = mean(baseline.map(({ value }) => value)) ?? 0;
  const ranges = baseline
    .slice(1)
    .map(({ value }, index) => Math.abs(value - (baseline[index]?.value ?? value)));
  const reach = REACH * (mean(ranges) ?? 0);
  const [lower, upper] = [centre - reach, centre + reach];
  const limits: Limits = {
    from: baseline[0]?.index ?? 0,
    to: baseline.at(-1)?.index ?? 0,
    centre: from(centre),
    lower: from(lower),
    upper: from(upper),
    provisional: baseline.length < FIRM_POINTS,
  };
  return { limits, signals: signalsOf(points.map((point) => ({ ...point, centre, lower, upper }))) };
}
