import { rankSumTest } from "#lib/statistics/rank-sum";
import type { Ranks } from "#lib/statistics/rank-sum";
import { rateRatio } from "#lib/statistics/rate-ratio";
import type { Rate } from "#lib/statistics/rate-ratio";
import { shareDifference } from "#lib/statistics/share-difference";
import type { Verdict, VerdictWord } from "#lib/statistics/verdict";

// One comparison in fifty calls a change where there is none. Normal quantile of 99 % for the two-sided interval.
const SIGNIFICANT = 0.02;
const Z98 = 2.3263478740408408;

/** Which direction is good. */
export type Better = "less" | "more";

/**
 * Whether a rate of independent, rare events differs from an earlier one: the exact conditional test. Too little data if no outcome of so
 * few events could have been told from chance.
 */
export function compareRates(now: Rate, before: Rate, better: Better = "less"): Verdict {
  const n = now.count + before.count;
  const share = now.exposure / (now.exposure + before.exposure);
  if (2 * Math.min(share, 1 - share) ** n >= SIGNIFICANT) {
    return {
      word: "too little data",
      because: `${n} in both periods together: no split of so few could be told from chance.`,
    };
  }
  const { p, expected } = rateRatio(now, before);
  const because = `${now.count} against ${expected.toFixed(1)} expected at the earlier rate, ${probability(p)} (exact test of two rates).`;
  return { word: wordOf(p < SIGNIFICANT, now.count > expected, better), because };
}

/** Whether durations (less is better) tend to differ from earlier ones, by their ranks among each other. */
export function compareDurations(ranks: Ranks): Verdict {
  const test = rankSumTest(ranks);
  if (test === null) {
    return {
      word: "too little data",
      because: `${ranks.n} and ${ranks.m} measurements: the rank test needs ten each.`,
    };
  }
  const because = `A duration is longer than an earlier one ${(test.greater * 100).toFixed(0)} times in 100, ${probability(test.p)} (rank-sum test).`;
  return { word: wordOf(test.p < SIGNIFICANT, test.greater > 0.5, "less"), because };
}

/** Whether a share differs from an earlier one: the 98 % interval of their difference, after Newcombe, leaves out zero. */
export function compareShares(
  now: { hits: number; n: number },
  before: { hits: number; n: number },
  better: Better = "more",
): Verdict {
  const found = shareDifference(now, before, Z98);
  if (found === null) return { word: "too little data", because: "There is nothing in one of the periods." };
  const points = (value: number) => `${(value * 100).toFixed(0)}`;
  const because = `The difference is ${points(found.difference)} points, 98 % interval ${points(found.low)} to ${points(found.high)}.`;
  return { word: wordOf(found.low > 0 || found.high < 0, found.difference > 0, better), because };
}

function wordOf(changed: boolean, isMore: boolean, better: Better): VerdictWord {
  if (!changed) return "no detectable change";
  return isMore === (better === "more") ? "improved" : "worsened";
}

function probability(p: number): string {
  return p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(3)}`;
}
