export const JUDGEMENTS = ["together", "apart"] as const;
export type Judgement = (typeof JUDGEMENTS)[number];

/** What people did that said so. */
export const TEACHERS = ["merge", "move", "verdict"] as const;
export type Teacher = (typeof TEACHERS)[number];

/** How often people put alerts of two templates together (merge, move in, thumbs up) and apart (move out, "not related"). */
export type PairFeedback = { templateA: string; templateB: string; together: number; apart: number };

/** What people taught about a pair of templates. */
export type Lesson = {
  /** Normalised pointwise mutual information of the two among all pairs that were put together, 0 to 1. */
  pmi: number;
  /** They were put apart, and not put together more often since. */
  isApart: boolean;
  /** Expected share of "together" among the next judgements (Laplace's rule of succession); null: fewer than two judgements. */
  precedent: number | null;
  together: number;
  apart: number;
};

export type Lessons = (templateA: string | null, templateB: string | null) => Lesson;

const NOTHING: Lesson = { pmi: 0, isApart: false, precedent: null, together: 0, apart: 0 };
const FEWEST_JUDGEMENTS = 2;

/** One key for a pair, whichever comes first. */
export function pairOf(a: string, b: string): readonly [string, string] {
  return a < b ? [a, b] : [b, a];
}

/**
 * Sums judgements up so that any pair can be asked about. PMI after Church and Hanks ("Word association norms, mutual information,
 * and lexicography", 1990), normalised after Bouma (2009).
 */
export function lessonsFrom(feedback: readonly PairFeedback[]): Lessons {
  const pairs = new Map<string, { together: number; apart: number }>();
  const single = new Map<string, number>();
  let total = 0;
  for (const { templateA, templateB, together, apart } of feedback) {
    const key = pairOf(templateA, templateB).join(" ");
    const sum = pairs.get(key) ?? { together: 0, apart: 0 };
    pairs.set(key, { together: sum.together + together, apart: sum.apart + apart });
    total += together;
    for (const template of new Set([templateA, templateB])) {
      single.set(template, (single.get(template) ?? 0) + together);
    }
  }
  return (a, b) => {
    if (a === null || b === null) return NOTHING;
    const pair = pairs.get(pairOf(a, b).join(" "));
    if (!pair) return NOTHING;
    const { together, apart } = pair;
    const judgements = together + apart;
    return {
      pmi: normalisedPmi(together, single.get(a) ?? 0, single.get(b) ?? 0, total),
      isApart: apart > 0 && apart >= together,
      precedent: judgements < FEWEST_JUDGEMENTS ? null : (together + 1) / (judgements + 2),
      together,
      apart,
    };
  };
}

function normalisedPmi(both: number, one: number, other: number, total: number): number {
  if (both === 0) return 0;
  if (both === total) return 1;
  const joint = both / total;
  const pmi = Math.log(joint / ((one / total) * (other / total))) / -Math.log(joint);
  return Math.min(1, Math.max(0, pmi));
}
