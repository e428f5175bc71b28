export const REVIEW_STATES = ["draft", "in_review", "published"] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

export const REVIEW_STATE_LABELS: Record<ReviewState, string> = {
  draft: "Draft",
  in_review: "In review",
  published: "Published",
};

/** Days until a review is due, and until its actions are, by the rank of the priority; P3 and below have the longest. */
const REVIEW_DAYS: Record<number, number> = { 1: 5, 2: 5 };
const ACTION_DAYS: Record<number, number> = { 1: 15, 2: 30 };
const LONGEST_REVIEW_DAYS = 10;
const LONGEST_ACTION_DAYS = 60;

/** Weekdays after the incident was resolved within which it should be reviewed. */
export function reviewDays(priorityRank: number | null): number {
  return REVIEW_DAYS[priorityRank ?? 0] ?? LONGEST_REVIEW_DAYS;
}

/** Days within which what follows from it should be done. */
export function actionDays(priorityRank: number | null): number {
  return ACTION_DAYS[priorityRank ?? 0] ?? LONGEST_ACTION_DAYS;
}

/** The day, as 2026-03-08, that is so many weekdays after the day of an instant in UTC. */
export function weekdaysAfter(at: Date, weekdays: number): string {
  const day = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()));
  let left = weekdays;
  while (left > 0) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (day.getUTCDay() !== 0 && day.getUTCDay() !== 6) left -= 1;
  }
  return day.toISOString().slice(0, 10);
}

/** Why a review can't go to this state; null: it can. */
export function reviewRefusal(
  to: ReviewState,
  written: { summary: string | null; contributingFactors: string | null },
): string | null {
  if (to !== "published") return null;
  if (written.summary === null) return "Write the summary first.";
  return written.contributingFactors === null ? "Write down what contributed first." : null;
}
