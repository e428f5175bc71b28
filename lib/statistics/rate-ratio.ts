import { betaQuantile } from "#lib/statistics/beta";
import { binomialAtLeast, binomialAtMost } from "#lib/statistics/binomial";

/** Events seen over an exposure: days, requests, game windows; the unit is the same for both rates of a test. */
export type Rate = { count: number; exposure: number };

export type RateRatio = {
  /** The rate over the baseline's; null if the baseline has no event. */
  ratio: number | null;
  /** The exact 95 % interval of the ratio; `high` is infinite if the baseline has no event. */
  low: number;
  high: number;
  /** Events to be expected over this exposure at the baseline's rate. */
  expected: number;
  /** One-sided: probability of so many or more of all events falling here if the rates were equal. */
  pMore: number;
  /** One-sided: of so many or fewer. */
  pFewer: number;
  /** Two-sided: twice the smaller of the two, at most 1. */
  p: number;
};

/**
 * Compares two rates of independent events by the exact conditional test: of all the events, this many fall into the one exposure with
 * the probability of its share (Przyborowski and Wilenski 1940; R's poisson.test). The interval is Clopper and Pearson's of that share.
 * Throws RangeError unless both exposures are positive and both counts are whole and not negative.
 */
export function rateRatio(observed: Rate, baseline: Rate): RateRatio {
  for (const { count, exposure } of [observed, baseline]) {
    if (!(exposure > 0)) throw new RangeError("A rate needs an exposure above zero.");
    if (!Number.isInteger(count) || count < 0) throw new RangeError("A rate counts whole events.");
  }
  const n = observed.count + baseline.count;
  const share = observed.exposure / (observed.exposure + baseline.exposure);
  const pMore = binomialAtLeast(observed.count, n, share);
  const pFewer = binomialAtMost(observed.count, n, share);
  const perExposure = baseline.exposure / observed.exposure;
  const odds = (p: number) => (p >= 1 ? Number.POSITIVE_INFINITY : (p / (1 - p)) * perExposure);
  const low = observed.count === 0 ? 0 : betaQuantile(0.025, observed.count, baseline.count + 1);
  const high = baseline.count === 0 ? 1 : betaQuantile(0.975, observed.count + 1, baseline.count);
  return {
    ratio: baseline.count === 0 ? null : (observed.count / baseline.count) * perExposure,
    low: odds(low),
    high: odds(high),
    expected: baseline.count / perExposure,
    pMore,
    pFewer,
    p: Math.min(1, 2 * Math.min(pMore, pFewer)),
  };
}
