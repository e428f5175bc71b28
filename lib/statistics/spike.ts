import { fitNegativeBinomial, negativeBinomialAtLeast } from "#lib/statistics/negative-binomial";

export type Spike = {
  /** The bin is so far above its baseline that chance does not explain it. */
  isSpike: boolean;
  /** The mean of the baseline. */
  expected: number;
  /** Probability of at least so many under the baseline. */
  p: number;
};

const SIGNIFICANT = 0.001;
const LEAST = 5;
const TIMES = 3;
// A quiet baseline of n bins has still seen less than one event in n + 1 bins.
const unseen = (bins: number) => 1 / (bins + 1);

/**
 * Whether a bin's count is a spike over comparable bins (the same hour of earlier weeks, say): one-sided tail of the negative binomial
 * fitted to them below 0.001, and at least five, and at least three times their mean. A baseline of nothing but zeros counts as one
 * event in one more bin, so that the first ever event is no spike. Fewer than two bins: never a spike, p = 1. One bin alone is noise
 * now and then: ask for two in a row before acting on it.
 */
export function spikeTest(count: number, baseline: readonly number[]): Spike {
  const fit = fitNegativeBinomial(baseline);
  if (fit === null) return { isSpike: false, expected: baseline[0] ?? 0, p: 1 };
  const floor = unseen(baseline.length);
  const p = negativeBinomialAtLeast(
    count,
    fit.mean < floor ? { mean: floor, size: Number.POSITIVE_INFINITY } : fit,
  );
  const isSpike = p < SIGNIFICANT && count >= Math.max(LEAST, TIMES * fit.mean);
  return { isSpike, expected: fit.mean, p };
}
