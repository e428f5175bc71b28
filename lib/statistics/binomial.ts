import { incompleteBeta } from "#lib/statistics/incomplete-beta";

/** P(X ≥ hits) of X ~ Binomial(n, p), whole numbers hits and n. */
export function binomialAtLeast(hits: number, n: number, p: number): number {
  if (hits <= 0) return 1;
  return hits > n ? 0 : incompleteBeta(p, hits, n - hits + 1);
}

/** P(X ≤ hits) of X ~ Binomial(n, p). */
export function binomialAtMost(hits: number, n: number, p: number): number {
  if (hits < 0) return 0;
  return hits >= n ? 1 : incompleteBeta(1 - p, n - hits, hits + 1);
}
