/** Ranks (1 is the smallest) between which the median lies with the wanted confidence. */
export type RankInterval = { low: number; high: number };

/** Up to here the distribution is summed exactly; beyond, the normal approximation is within one rank. */
export const EXACT_UP_TO = 300;

// Quantile of the standard normal distribution at 95 %.
const Z95 = 1.6448536269514722;

/**
 * The 90 % percentile-bootstrap interval of a median of `n` values, as ranks into the sorted values. Resampling at random would
 * only approximate what can be written down: the k-th smallest of n draws from n values is at most the j-th value with
 * probability P(Binomial(n, j/n) ≥ k) (Efron 1982, section 10.3). So there is no seed and no noise. For an even n the lower end
 * follows the lower middle value and the upper end the upper one, which errs on the wide side. Null below 5 values: too few.
 */
export function medianInterval(n: number): RankInterval | null {
  if (!Number.isInteger(n) || n < 5) return null;
  if (n > EXACT_UP_TO) {
    const reach = (Z95 * Math.sqrt(n)) / 2;
    return { low: Math.floor(n / 2 - reach) + 1, high: Math.ceil(n / 2 + reach) };
  }
  return { low: rankAt(n, Math.ceil(n / 2), 0.05), high: rankAt(n, Math.floor(n / 2) + 1, 0.95) };
}

/** The smallest rank that the bootstrap's k-th value does not exceed with at least this probability. */
function rankAt(n: number, k: number, probability: number): number {
  for (let rank = 1; rank < n; rank += 1) {
    if (atLeast(n, k, rank / n) >= probability) return rank;
  }
  return n;
}

/** P(Binomial(n, p) ≥ k). */
function atLeast(n: number, k: number, p: number): number {
  let logTerm = n * Math.log(1 - p);
  let below = 0;
  for (let successes = 0; successes < k; successes += 1) {
    below += Math.exp(logTerm);
    logTerm += Math.log(((n - successes) / (successes + 1)) * (p / (1 - p)));
  }
  return 1 - below;
}
