/** A share with its interval, all 0 to 1. */
export type Proportion = { share: number; low: number; high: number };

const Z95 = 1.959963984540054;

/**
 * The Wilson score interval of `hits` in `n` (Wilson 1927): right for few and for shares near 0 or 1. `z` is the normal quantile of its
 * level, that of 95 % if not given. Null for n = 0.
 */
export function wilson(hits: number, n: number, z = Z95): Proportion | null {
  if (n <= 0) return null;
  const share = hits / n;
  const centre = (share + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const reach = (z / (1 + z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  return { share, low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
}
