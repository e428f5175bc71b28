/** A share with its 95 % interval, all 0 to 1. */
export type Proportion = { share: number; low: number; high: number };

const Z = 1.959963984540054;

/** The Wilson score interval of `hits` in `n` (Wilson 1927): right for few and for shares near 0 or 1. Null for n = 0. */
export function wilson(hits: number, n: number): Proportion | null {
  if (n <= 0) return null;
  const share = hits / n;
  const centre = (share + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n);
  const reach = (Z / (1 + Z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2));
  return { share, low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
}
