/**
 * Adjusts the p-values of many tests made at once (Benjamini and Hochberg 1995): of the tests whose adjusted value is at most q, a
 * share of q is false on average. In the order given; a value is the least q at which its test is still called.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const largestFirst = pValues
    .map((p, index) => ({ p, index }))
    .sort((a, b) => b.p - a.p || b.index - a.index);
  const adjusted = pValues.map(() => 1);
  let least = 1;
  for (const [position, { p, index }] of largestFirst.entries()) {
    // Never below p itself, which rounding alone could make it.
    least = Math.min(least, Math.max(p, (p * pValues.length) / (pValues.length - position)));
    adjusted[index] = least;
  }
  return adjusted;
}
