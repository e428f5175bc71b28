export type SignalKind = "outside" | "run";

/** A point that says the process changed: beyond a limit, or the end of eight in a row on one side of the centre. */
export type Signal = { index: number; kind: SignalKind; side: "above" | "below" };

/** A point of a chart whose limits may differ from point to point. */
export type Limited = { index: number; value: number; centre: number; lower: number; upper: number };

const RUN = 8;
// Rounding must not make a signal of a process that never moves.
const NOTHING = 1e-9;

/**
 * The signals among points in their order, by the two rules that are worth their false alarms: a point beyond its limits, and eight in a
 * row on one side of the centre (Wheeler 2000; Nelson 1984 has the others). A point on the centre ends a run.
 */
export function signalsOf(points: readonly Limited[]): Signal[] {
  const signals: Signal[] = [];
  let run = 0;
  let last = 0;
  for (const { index, value, centre, lower, upper } of points) {
    const side = Math.abs(value - centre) < NOTHING ? 0 : Math.sign(value - centre);
    run = side !== 0 && side === last ? run + 1 : Math.abs(side);
    last = side;
    const word = side > 0 ? "above" : "below";
    if (value > upper + NOTHING || value < lower - NOTHING)
      signals.push({ index, kind: "outside", side: word });
    else if (run >= RUN) signals.push({ index, kind: "run", side: word });
  }
  return signals;
}
