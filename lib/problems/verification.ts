import { exposureOf } from "#lib/problems/recurrence";
import type { Hours } from "#lib/problems/recurrence";
import { rateRatio } from "#lib/statistics/rate-ratio";

export const SIGNIFICANCE = 0.05;
const LEAST_DAYS = 14;
const MEDIAN_GAPS = 3;
const HOURS_A_DAY = 24;

/** Recurrences before and since a fix, with the hours looked at on each side. */
export type FixEvidence = {
  before: { count: number; hours: Hours };
  since: { count: number; hours: Hours };
  /** Median days between recurrences before the fix; null: fewer than two. */
  medianGapDays: number | null;
  /** Incidents in game time over those at other times, per hour. */
  multiplier: number;
};

export type FixVerification = {
  verdict: "holds" | "does_not_hold" | "no_verdict";
  count: number;
  days: number;
  expected: number;
  /** Of so few recurrences if the fix had changed nothing. */
  p: number;
  /** Whether it has been quiet for long enough to close: 14 days, or three times the usual gap. */
  mayClose: boolean;
};

/**
 * Whether a fix holds, by the exact conditional test of the rates before and since it, at 5 %. A fix does not hold when the interval of
 * the ratio leaves out a rate that was at least halved. Null before any time has passed or without a before to compare with.
 */
export function verifyFix({ before, since, medianGapDays, multiplier }: FixEvidence): FixVerification | null {
  if (since.hours.total <= 0 || before.hours.total <= 0) return null;
  const result = rateRatio(
    { count: since.count, exposure: exposureOf(since.hours, multiplier) },
    { count: before.count, exposure: exposureOf(before.hours, multiplier) },
  );
  const holds = result.pFewer < SIGNIFICANCE;
  const fails = !holds && since.count > 0 && result.low > 0.5;
  const days = since.hours.total / HOURS_A_DAY;
  const quiet = Math.max(LEAST_DAYS, MEDIAN_GAPS * (medianGapDays ?? 0));
  return {
    verdict: holds ? "holds" : fails ? "does_not_hold" : "no_verdict",
    count: since.count,
    days,
    expected: result.expected,
    p: result.pFewer,
    mayClose: holds && since.count === 0 && days >= quiet,
  };
}

const VERDICTS = {
  holds: "the fix holds",
  does_not_hold: "the fix does not hold",
  no_verdict: "too little has happened for a verdict",
};

/** "0 in 21 days, expected 3.1: the fix holds". */
export function verificationSentence({ count, days, expected, verdict }: FixVerification): string {
  return `${count} in ${Math.floor(days)} days, expected ${expected.toFixed(1)}: ${VERDICTS[verdict]}`;
}
