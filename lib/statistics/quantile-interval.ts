import { binomialAtLeast, binomialAtMost } from "#lib/statistics/binomial";
import type { RankInterval } from "#lib/statistics/median-interval";

/**
 * The interval of the quantile at `share` of `n` values, as ranks into the sorted values, whatever their distribution: as many values lie
 * below a quantile as a binomial count has it (Hahn and Meeker 1991, section 5.2). For tails the percentile bootstrap is the wrong tool:
 * at 40 log-normal values its 90 % interval of p90 holds the truth 75 times in 100. Null where the tail has too few values to end the
 * interval: p90 has one at 90 % from 29 values on.
 */
export function quantileInterval(n: number, share: number, level = 0.9): RankInterval | null {
  const outside = (1 - level) / 2;
  let low = Math.max(1, Math.floor(n * share));
  while (low > 0 && binomialAtMost(low - 1, n, share) > outside) low -= 1;
  let high = Math.max(1, Math.ceil(n * share));
  while (high <= n && binomialAtLeast(high, n, share) > outside) high += 1;
  return low < 1 || high > n ? null : { low, high };
}
