import { LEAST_POINTS, processBehaviour } from "#lib/statistics/process-behaviour";
import type { Behaviour } from "#lib/statistics/process-behaviour";

export const VERDICTS = ["improved", "worsened", "no detectable change", "too little data"] as const;
export type VerdictWord = (typeof VERDICTS)[number];

export type Verdict = {
  word: VerdictWord;
  /** One sentence: the test behind the word and what it found. */
  because: string;
};

/** Periods with fewer measurements than this say too little to be a point of the chart. */
export const LEAST_IN_PERIOD = 5;

/** A period with the median of its durations; an incomplete one never takes part in a verdict. */
export type Period = { median: number | null; n: number; incomplete: boolean };

/** The chart of the periods that may be judged; its indexes are those of `periods`. */
export function behaviourOf(periods: readonly Period[]): Behaviour {
  return processBehaviour(
    periods.map(({ median, n, incomplete }) => (incomplete || n < LEAST_IN_PERIOD ? null : median)),
  );
}

/**
 * Whether durations (less is better) changed by the last complete period: only if that period itself is a signal of the process
 * behaviour chart. A comparison of two periods alone would call a change most of the time when there is none.
 */
export function verdictOn(periods: readonly Period[]): Verdict {
  const judged = periods.flatMap((period, index) =>
    period.incomplete || period.n < LEAST_IN_PERIOD || period.median === null ? [] : [index],
  );
  const { limits, signals } = behaviourOf(periods);
  if (!limits) {
    return {
      word: "too little data",
      because: `${judged.length} complete ${judged.length === 1 ? "period" : "periods"} with at least ${LEAST_IN_PERIOD} measurements: ${LEAST_POINTS} are needed to tell a change from chance.`,
    };
  }
  const last = signals.find((signal) => signal.index === judged.at(-1));
  if (!last) {
    return {
      word: "no detectable change",
      because: "The last complete period is inside the natural limits and ends no run of eight on one side.",
    };
  }
  const because =
    last.kind === "outside"
      ? `The last complete period is ${last.side} the natural limits.`
      : `The last eight or more periods are all ${last.side} the centre line.`;
  return { word: last.side === "below" ? "improved" : "worsened", because };
}
