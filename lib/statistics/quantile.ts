/** The arithmetic mean; null of nothing. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The sample variance (divided by n - 1); null of fewer than two values. */
export function variance(values: readonly number[]): number | null {
  const centre = mean(values);
  if (centre === null || values.length < 2) return null;
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}

/**
 * The quantile at `share` (0 to 1) of ascending values, interpolated between the two nearest (type 7 of Hyndman and Fan 1996, as
 * PostgreSQL's percentile_cont). Null of nothing.
 */
export function quantile(sorted: readonly number[], share: number): number | null {
  const { below, above, weight } = quantileRanks(sorted.length, share);
  const [lower, upper] = [sorted[below - 1], sorted[above - 1]];
  return lower === undefined || upper === undefined ? null : lower + (upper - lower) * weight;
}

/** Where the quantile at `share` of `n` values lies: ranks (1 is the smallest) of its neighbours, and how far it is from the lower one. */
export function quantileRanks(n: number, share: number): { below: number; above: number; weight: number } {
  const position = (n - 1) * Math.min(1, Math.max(0, share));
  const below = Math.floor(position);
  return { below: below + 1, above: Math.ceil(position) + 1, weight: position - below };
}

/** The median of values in any order; null of nothing. */
export function median(values: readonly number[]): number | null {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}
