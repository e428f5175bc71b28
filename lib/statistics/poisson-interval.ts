import { poissonAtLeast, poissonAtMost } from "#lib/statistics/poisson";

/** The exact 95 % interval of the mean behind a count of independent events (Garwood 1936). */
export function poissonInterval(count: number): { low: number; high: number } {
  const most = count + 10 * Math.sqrt(count + 1) + 10;
  return {
    low: count === 0 ? 0 : rising((mean) => poissonAtLeast(count, mean), most),
    high: rising((mean) => 1 - poissonAtMost(count, mean), most, 0.975),
  };
}

/** Where a probability that grows with the mean reaches the wanted one. */
function rising(probability: (mean: number) => number, most: number, wanted = 0.025): number {
  let [low, high] = [0, most];
  for (;;) {
    const middle = (low + high) / 2;
    // No number lies between them.
    if (middle === low || middle === high) return middle;
    if (probability(middle) < wanted) low = middle;
    else high = middle;
  }
}
