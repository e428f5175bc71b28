import { normalTail } from "#lib/statistics/normal-tail";

/**
 * Two samples in one order: how many values each has, the sum of the first sample's ranks among all (ties share the mean of their
 * ranks), and the sum of t³ - t over groups of t tied values.
 */
export type Ranks = { n: number; m: number; rankSum: number; ties: number };

export type RankSum = {
  /** Probability that a value of the first sample is greater than one of the second, ties counting half: 0.5 is no difference. */
  greater: number;
  z: number;
  /** Two-sided. */
  p: number;
};

/** Fewer values than this in a sample are too few for the normal approximation. */
export const LEAST_RANKED = 10;

/**
 * Whether values of one sample tend to be greater than those of another, whatever their distribution: the rank-sum test of Wilcoxon
 * (1945), Mann and Whitney (1947), by its normal approximation with the correction for ties. Null below ten values in a sample.
 */
export function rankSumTest({ n, m, rankSum, ties }: Ranks): RankSum | null {
  if (n < LEAST_RANKED || m < LEAST_RANKED) return null;
  const u = rankSum - (n * (n + 1)) / 2;
  const all = n + m;
  const deviation = Math.sqrt(((n * m) / 12) * (all + 1 - ties / (all * (all - 1))));
  const z = deviation === 0 ? 0 : (u - (n * m) / 2) / deviation;
  return { greater: u / (n * m), z, p: Math.min(1, 2 * normalTail(Math.abs(z))) };
}

/** The ranks of two samples that are at hand. */
export function ranksOf(first: ArrayLike<number>, second: ArrayLike<number>): Ranks {
  const [mine, others] = [sorted(first), sorted(second)];
  let rankSum = 0;
  let ties = 0;
  let own = 0;
  let other = 0;
  while (own < mine.length) {
    const value = mine[own] ?? 0;
    // What is less and only among the others has no rank to add, but may be tied.
    const least = Math.min(value, others[other] ?? value);
    const ownEnd = least === value ? endOfRun(mine, own) : own;
    const otherEnd = others[other] === least ? endOfRun(others, other) : other;
    const tied = ownEnd - own + otherEnd - other;
    rankSum += (ownEnd - own) * (own + other + (tied + 1) / 2);
    ties += tied ** 3 - tied;
    own = ownEnd;
    other = otherEnd;
  }
  for (; other < others.length;) {
    const end = endOfRun(others, other);
    ties += (end - other) ** 3 - (end - other);
    other = end;
  }
  return { n: mine.length, m: others.length, rankSum, ties };
}

function sorted(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/** Where the values equal to the one at `start` end. */
function endOfRun(values: Float64Array, start: number): number {
  let end = start + 1;
  while (end < values.length && values[end] === values[start]) end += 1;
  return end;
}
