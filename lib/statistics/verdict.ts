import type { Signal } from "#lib/statistics/control-chart";
import { FIRM_POINTS, LEAST_POINTS, processBehaviour } from "#lib/statistics/process-behaviour";
import type { Behaviour } from "#lib/statistics/process-behaviour";
import { shareChart } from "#lib/statistics/share-chart";
import type { ShareChart } from "#lib/statistics/share-chart";

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
  if (!limits) return tooLittle(judged.length, `with at least ${LEAST_IN_PERIOD} measurements`);
  return verdictOf(signals, judged.at(-1), "less");
}

/** A period with a count; an incomplete one never takes part in a verdict. */
export type CountedPeriod = { count: number; incomplete: boolean };

/** The chart of counts in periods of equal length; its indexes are those of `periods`. */
export function behaviourOfCounts(periods: readonly CountedPeriod[]): Behaviour {
  return processBehaviour(
    periods.map(({ count, incomplete }) => (incomplete ? null : count)),
    "root",
  );
}

/**
 * Whether counts in periods of equal length (fewer is better) changed by the last complete one. The limits are measured from period to
 * period, since incidents and pages come in bursts that a Poisson limit would take for a change.
 */
export function verdictOnCounts(periods: readonly CountedPeriod[]): Verdict {
  const judged = periods.flatMap(({ incomplete }, index) => (incomplete ? [] : [index]));
  const { limits, signals } = behaviourOfCounts(periods);
  return limits ? verdictOf(signals, judged.at(-1), "less") : tooLittle(judged.length);
}

/** A period with a share; an incomplete one never takes part in a verdict. */
export type SharePeriod = { hits: number; n: number; incomplete: boolean };

/** The chart of shares; its indexes are those of `periods`. Null while there are too few to judge. */
export function chartOfShares(periods: readonly SharePeriod[]): ShareChart | null {
  const complete = periods.map(({ hits, n, incomplete }) => (incomplete ? { hits: 0, n: 0 } : { hits, n }));
  if (complete.filter(({ n }) => n > 0).length < LEAST_POINTS) return null;
  return shareChart(complete, FIRM_POINTS);
}

/** Whether a share (more is better) changed by the last complete period: Laney's p' chart. */
export function verdictOnShares(periods: readonly SharePeriod[]): Verdict {
  const judged = periods.flatMap(({ n, incomplete }, index) => (incomplete || n === 0 ? [] : [index]));
  if (judged.length < LEAST_POINTS) return tooLittle(judged.length, "with anything in them");
  return verdictOf(chartOfShares(periods)?.signals ?? [], judged.at(-1), "more");
}

function tooLittle(judged: number, condition = ""): Verdict {
  const periods = `complete ${judged === 1 ? "period" : "periods"}${condition === "" ? "" : ` ${condition}`}`;
  return {
    word: "too little data",
    because: `${judged} ${periods}: ${LEAST_POINTS} are needed to tell a change from chance.`,
  };
}

function verdictOf(
  signals: readonly Signal[],
  lastJudged: number | undefined,
  better: "less" | "more",
): Verdict {
  const last = signals.find(({ index }) => index === lastJudged);
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
  const isBetter = (last.side === "below") === (better === "less");
  return { word: isBetter ? "improved" : "worsened", because };
}
