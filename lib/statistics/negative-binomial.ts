import { incompleteBeta } from "#lib/statistics/incomplete-beta";
import { poissonAtLeast } from "#lib/statistics/poisson";
import { mean, variance } from "#lib/statistics/quantile";

/** Counts whose variance is mean + mean² / size. An infinite size is the Poisson distribution: no more spread than chance. */
export type NegativeBinomial = { mean: number; size: number };

/**
 * The distribution of counts by the method of moments (Johnson, Kemp, Kotz 2005, section 5.8): the sample's mean, and its variance
 * for the spread. Counts that spread no more than Poisson's do count as Poisson's. Null of fewer than two counts.
 */
export function fitNegativeBinomial(counts: readonly number[]): NegativeBinomial | null {
  const [centre, spread] = [mean(counts), variance(counts)];
  if (centre === null || spread === null) return null;
  return { mean: centre, size: spread > centre ? centre ** 2 / (spread - centre) : Number.POSITIVE_INFINITY };
}

/** P(X ≥ count): how likely so many are, by chance, under this distribution. */
export function negativeBinomialAtLeast(count: number, { mean: centre, size }: NegativeBinomial): number {
  if (count <= 0) return 1;
  if (centre <= 0) return 0;
  if (!Number.isFinite(size)) return poissonAtLeast(count, centre);
  return incompleteBeta(centre / (centre + size), count, size);
}
