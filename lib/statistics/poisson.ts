import { logGamma } from "#lib/statistics/log-gamma";

// Terms further out than this many standard deviations are below the precision of a number.
const FAR = 40;

/** P(X ≤ count) of a Poisson variable with this mean: how likely so few are if nothing changed. */
export function poissonAtMost(count: number, mean: number): number {
  if (count < 0) return 0;
  if (mean <= 0) return 1;
  return Math.min(
    1,
    sumTerms(Math.max(0, Math.floor(mean - FAR * (Math.sqrt(mean) + 1))), Math.floor(count), mean),
  );
}

/** P(X ≥ count) of a Poisson variable with this mean: how likely so many are if nothing changed. */
export function poissonAtLeast(count: number, mean: number): number {
  if (count <= 0) return 1;
  if (mean <= 0) return 0;
  // Summed where it is small: one minus the rest would lose the digits of rare events.
  if (count <= mean) return 1 - poissonAtMost(count - 1, mean);
  return Math.min(1, sumTerms(Math.ceil(count), Math.ceil(count + FAR * (Math.sqrt(mean) + 1)), mean));
}

function sumTerms(from: number, to: number, mean: number): number {
  let sum = 0;
  for (let k = to; k >= from; k -= 1) sum += Math.exp(k * Math.log(mean) - mean - logGamma(k + 1));
  return sum;
}
