import { logGamma } from "#lib/statistics/log-gamma";

// A term that is smaller in relation to the sum doesn't change it.
const NEGLIGIBLE = 1e-17;

/** P(X ≤ count) of a Poisson variable with this mean: how likely so few are if nothing changed. */
export function poissonAtMost(count: number, mean: number): number {
  if (count < 0) return 0;
  if (mean <= 0) return 1;
  const most = Math.floor(count);
  return most > mean ? 1 - tail(most + 1, mean, 1) : Math.min(1, tail(most, mean, -1));
}

/** P(X ≥ count) of a Poisson variable with this mean: how likely so many are if nothing changed. */
export function poissonAtLeast(count: number, mean: number): number {
  if (count <= 0) return 1;
  if (mean <= 0) return 0;
  // Summed where it is small: one minus the rest would lose the digits of rare events.
  return count <= mean ? 1 - poissonAtMost(count - 1, mean) : Math.min(1, tail(Math.ceil(count), mean, 1));
}

/** The sum of the probabilities from a count that lies on that side of the mean outward, each found from the one before. */
function tail(from: number, mean: number, direction: 1 | -1): number {
  let term = Math.exp(from * Math.log(mean) - mean - logGamma(from + 1));
  let sum = 0;
  for (let k = from; k >= 0 && term > sum * NEGLIGIBLE; k += direction) {
    sum += term;
    term *= direction === 1 ? mean / (k + 1) : k / mean;
  }
  return sum;
}
