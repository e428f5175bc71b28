import { benjaminiHochberg } from "#lib/statistics/benjamini-hochberg";
import { rateRatio } from "#lib/statistics/rate-ratio";
import type { RateRatio } from "#lib/statistics/rate-ratio";
import type { VerdictWord } from "#lib/statistics/verdict";

/** Of the changes that are called, one in ten is false. */
export const FALSE_DISCOVERIES = 0.1;
/** A row needs so many incidents in both stretches together to be tested. */
const LEAST_TESTED = 3;
const LEAST_PERIODS = 6;
const MOST_RECENT = 4;

/** Places of the periods that count as recent, and of those before them that they are compared with. */
export type Stretches = { recent: number[]; earlier: number[] };

/** The last third of the complete periods, at most four, against the ones before; null below six complete periods. */
export function stretchesOf(periods: readonly { incomplete: boolean }[]): Stretches | null {
  const complete = periods.flatMap(({ incomplete }, index) => (incomplete ? [] : [index]));
  if (complete.length < LEAST_PERIODS) return null;
  const recent = Math.min(MOST_RECENT, Math.floor(complete.length / 3));
  return { recent: complete.slice(-recent), earlier: complete.slice(0, -recent) };
}

/** Recent events against what the earlier rate lets expect; `adjusted` accounts for how many rows were tested. */
export type RowChange = RateRatio & { word: VerdictWord; count: number; adjusted: number };

/**
 * Judges many rows of counts at once (fewer is better): each by the exact test of two rates, called only if it stands among all the others
 * at a false discovery rate of one in ten. Null for a row with too little to test.
 */
export function judgeRows(
  rows: readonly (readonly number[])[],
  lengths: readonly number[],
  { recent, earlier }: Stretches,
): (RowChange | null)[] {
  const rateOf = (counts: readonly number[], places: readonly number[]) => ({
    count: sumAt(counts, places),
    exposure: sumAt(lengths, places),
  });
  const tested = rows.map((counts) => {
    const [now, before] = [rateOf(counts, recent), rateOf(counts, earlier)];
    return now.count + before.count < LEAST_TESTED ? null : { ...rateRatio(now, before), count: now.count };
  });
  const adjusted = benjaminiHochberg(tested.flatMap((row) => (row === null ? [] : [row.p]))).values();
  return tested.map((row) => {
    if (row === null) return null;
    const value = adjusted.next().value ?? 1;
    return { ...row, adjusted: value, word: wordOf(row, value) };
  });
}

function wordOf({ pMore, pFewer }: RateRatio, adjusted: number): VerdictWord {
  if (adjusted > FALSE_DISCOVERIES) return "no detectable change";
  return pMore < pFewer ? "worsened" : "improved";
}

function sumAt(values: readonly number[], places: readonly number[]): number {
  return places.reduce((sum, place) => sum + (values[place] ?? 0), 0);
}
