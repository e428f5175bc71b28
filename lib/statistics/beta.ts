import { incompleteBeta } from "#lib/statistics/incomplete-beta";

// Halvings of [0, 1] until neighbouring numbers are the same.
const HALVINGS = 80;

/**
 * The value that a Beta(a, b) variable stays below with this probability, a and b positive. With a = hits + 1 and b = misses + 1 it is
 * the Bayesian bound of a share under a flat prior; probability 0.05 gives the lower bound that holds 95 times in 100.
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  if (probability <= 0) return 0;
  if (probability >= 1) return 1;
  let [low, high] = [0, 1];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = (low + high) / 2;
    if (incompleteBeta(middle, a, b) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
