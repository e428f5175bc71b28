/** How many finished at this time after their start, and how many were still open when last seen then. */
export type Observation = { ms: number; finished: number; censored: number };

/** From `ms` on, `share` are still open; `low` and `high` are the 95 % limits (log-log). */
export type SurvivalStep = { ms: number; share: number; low: number; high: number; atRisk: number };

const Z = 1.959963984540054;

/**
 * The share still open after a time, open incidents counted for as long as they have been seen (Kaplan and Meier 1958), with
 * Greenwood's variance on the log(-log) scale. Observations in any order; one step per time at which something finished. What
 * is censored at a time counts as seen through it.
 */
export function kaplanMeier(observations: readonly Observation[]): SurvivalStep[] {
  return sharesOpen(observations).map(withLimits);
}

/** A step without its limits, which take longer to compute than the curve itself. */
type Share = Pick<SurvivalStep, "ms" | "share" | "atRisk"> & { variance: number };

/** The curve at no more than `count` steps, and the times by which shares have finished on the whole of it. */
export function survivalCurve(
  observations: readonly Observation[],
  count: number,
): { steps: SurvivalStep[]; finishedBy: (share: number) => number | null } {
  const shares = sharesOpen(observations);
  return {
    steps: thin(shares, count).map(withLimits),
    finishedBy: (share) => finishedBy(shares, share),
  };
}

function withLimits({ variance, ...step }: Share): SurvivalStep {
  return { ms: step.ms, share: step.share, ...limits(step.share, variance), atRisk: step.atRisk };
}

function sharesOpen(observations: readonly Observation[]): Share[] {
  const sorted = atOneTime(observations);
  let atRisk = sorted.reduce((sum, { finished, censored }) => sum + finished + censored, 0);
  let share = 1;
  let variance = 0;
  const steps: Share[] = [];
  for (const { ms, finished, censored } of sorted) {
    if (finished > 0) {
      share *= 1 - finished / atRisk;
      if (finished < atRisk) variance += finished / (atRisk * (atRisk - finished));
      steps.push({ ms, share, variance, atRisk });
    }
    atRisk -= finished + censored;
  }
  return steps;
}

/** In ascending order, those of one time together. */
function atOneTime(observations: readonly Observation[]): Observation[] {
  const together: Observation[] = [];
  for (const { ms, finished, censored } of [...observations].sort((a, b) => a.ms - b.ms)) {
    const last = together.at(-1);
    if (last?.ms === ms) {
      last.finished += finished;
      last.censored += censored;
    } else together.push({ ms, finished, censored });
  }
  return together;
}

/** The first time by which `share` of them have finished; null while that many have not. */
export function finishedBy(
  steps: readonly Pick<SurvivalStep, "ms" | "share">[],
  share: number,
): number | null {
  return steps.find((step) => step.share <= 1 - share + 1e-12)?.ms ?? null;
}

/** A time by which a share has finished, with its 95 % interval. Null: not reached yet, so that nothing can be said. */
export type FinishedBy = { ms: number | null; low: number | null; high: number | null };

/**
 * The time by which `share` have finished, with the interval of Brookmeyer and Crowley (1982): the times at which the limits of the
 * curve, rather than the curve, pass that share.
 */
export function finishedByInterval(steps: readonly SurvivalStep[], share: number): FinishedBy {
  const left = 1 - share + 1e-12;
  return {
    ms: finishedBy(steps, share),
    low: steps.find((step) => step.low <= left)?.ms ?? null,
    high: steps.find((step) => step.high <= left)?.ms ?? null,
  };
}

/** At most `count` of the steps, evenly chosen, the first and the last always among them. */
export function thin<T>(steps: readonly T[], count: number): T[] {
  if (steps.length <= count) return [...steps];
  const stride = (steps.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => steps[Math.round(index * stride)]).filter(
    (step) => step !== undefined,
  );
}

function limits(share: number, variance: number): { low: number; high: number } {
  // At 0 and 1 the scale ends and the data say nothing about the spread.
  if (share <= 0 || share >= 1) return { low: share, high: share };
  const reach = (Z * Math.sqrt(variance)) / Math.abs(Math.log(share));
  return { low: share ** Math.exp(reach), high: share ** Math.exp(-reach) };
}
