import { normalTail } from "#lib/statistics/normal-tail";

/**
 * Two samples in one order: how many values each has, the sum of the first sample's ranks among all (ties share the mean of their
 * ranks), and the sum of t³ - t over groups of t tied values. A database computes it without the values leaving it.
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
export function ranksOf(first: readonly number[], second: readonly number[]): Ranks {
  const sorted = [
    ...first.map((value) => ({ value, mine: 1 })),
    ...second.map((value) => ({ value, mine: 0 })),
  ].sort((a, b) => a.value - b.value);
  let [rankSum, ties] = [0, 0];
  for (let start = 0; start < sorted.length;) {
    let end = start;
    let mine = 0;
    while (end < sorted.length && sorted[end]?.value === sorted[start]?.value) {
      mine += sorted[end]?.mine ?? 0;
      end += 1;
    }
    const tied = end - start;
    rankSum += mine * ((start + 1 + end) / 2);
    ties += tied ** 3 - tied;
    start = end;
  }
  return { n: first.length, m: second.length, rankSum, ties };
}
