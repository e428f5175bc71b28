const FAR = 2.5;

/** P(Z ≥ z) of a standard normal variable. */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  const x = z / Math.SQRT2;
  return x < FAR ? 0.5 - erf(x) / 2 : erfcFraction(x) / 2;
}

// The Maclaurin series (Abramowitz and Stegun 7.1.5).
function erf(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n += 1) {
    term *= -(x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

// The continued fraction (7.1.14), from the far end.
function erfcFraction(x: number): number {
  let value = x;
  for (let n = 60; n >= 1; n -= 1) value = x + n / 2 / value;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * value);
}
