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

export type SignalKind = "outside" | "run";

/** A point that says the process changed: beyond a limit, or the end of eight in a row on one side of the centre. */
export type Signal = { index: number; kind: SignalKind; side: "above" | "below" };

export type Behaviour = { limits: Limits | null; signals: Signal[] };

/** Fewer points than this have no limits at all. */
export const LEAST_POINTS = 6;
const FIRM_POINTS = 12;
const RUN = 8;
// 3 / d2 for moving ranges of two.
const REACH = 2.66;

/**
 * An XmR chart (individuals and moving range; Wheeler 2000) of the logarithm of positive values, so that twice as long and half as
 * long are equally far; the limits are returned on the scale of the values. They come from the first twelve points, the
 * baseline, or from all of them while there are fewer. Null values are periods without data: they take no part.
 */
export function processBehaviour(values: readonly (number | null)[]): Behaviour {
  const points = values.flatMap((value, index) =>
    value === null || value <= 0 ? [] : [{ index, log: Math.log(value) }],
  );
  if (points.length < LEAST_POINTS) return { limits: null, signals: [] };
  const baseline = points.slice(0, FIRM_POINTS);
  const centre = mean(baseline.map(({ log }) => log)) ?? 0;
  const ranges = baseline.slice(1).map(({ log }, index) => Math.abs(log - (baseline[index]?.log ?? log)));
  const reach = REACH * (mean(ranges) ?? 0);
  const limits: Limits = {
    from: baseline[0]?.index ?? 0,
    to: baseline.at(-1)?.index ?? 0,
    centre: Math.exp(centre),
    lower: Math.exp(centre - reach),
    upper: Math.exp(centre + reach),
    provisional: baseline.length < FIRM_POINTS,
  };
  return { limits, signals: signalsOf(points, centre, reach) };
}

function signalsOf(
  points: readonly { index: number; log: number }[],
  centre: number,
  reach: number,
): Signal[] {
  const signals: Signal[] = [];
  let run = 0;
  let last = 0;
  for (const { index, log } of points) {
    // Rounding must not make a signal of a process that never moves.
    const side = Math.abs(log - centre) < 1e-9 ? 0 : Math.sign(log - centre);
    run = side !== 0 && side === last ? run + 1 : Math.abs(side);
    last = side;
    const word = side > 0 ? "above" : "below";
    if (Math.abs(log - centre) > reach + 1e-9) signals.push({ index, kind: "outside", side: word });
    else if (run >= RUN) signals.push({ index, kind: "run", side: word });
  }
  return signals;
}
