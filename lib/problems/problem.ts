/** Columns of the board in their order; a risk that was accepted is over without being mended. */
export const PROBLEM_STATES = [
  "suspected",
  "investigating",
  "known_error",
  "fix_scheduled",
  "verifying",
  "closed",
  "risk_accepted",
] as const;
export type ProblemState = (typeof PROBLEM_STATES)[number];

export const STATE_LABELS: Record<ProblemState, string> = {
  suspected: "Suspected",
  investigating: "Investigating",
  known_error: "Known error",
  fix_scheduled: "Fix scheduled",
  verifying: "Verifying",
  closed: "Closed",
  risk_accepted: "Risk accepted",
};

export const ACTION_TYPES = ["prevent", "detect", "mitigate", "process"] as const;
export type ActionType = (typeof ACTION_TYPES)[number];

export const ACTION_STATES = ["open", "in_progress", "done", "dropped"] as const;
export type ActionState = (typeof ACTION_STATES)[number];

export const ACTION_STATE_LABELS: Record<ActionState, string> = {
  open: "Open",
  in_progress: "In progress",
  done: "Done",
  dropped: "Dropped",
};

export const RELATIONS = ["caused_by", "related"] as const;
export type Relation = (typeof RELATIONS)[number];

/** How an incident came to a problem. `match`: it carries the problem's template or feature. */
export const LINKED_VIA = ["person", "suggestion", "match"] as const;
export type LinkedVia = (typeof LINKED_VIA)[number];

/** Whether somebody still works on it: its incidents are gathered, and it isn't proposed again. */
export function isOpen(state: ProblemState): boolean {
  return state !== "closed" && state !== "risk_accepted";
}

/** Whether people should see its workaround on incidents like it. */
export function isKnown({ state, workaround }: { state: ProblemState; workaround: string | null }): boolean {
  return workaround !== null && state !== "closed";
}

/** Why a problem can't go to this state yet; null: it can. */
export function refusalOf(to: ProblemState, { workaround }: { workaround: string | null }): string | null {
  if (to !== "known_error" || workaround !== null) return null;
  return "A known error has a workaround: write one down first.";
}

/** The state one column to the left or right on the board; null at its ends. */
export function neighbourOf(state: ProblemState, step: -1 | 1): ProblemState | null {
  const columns: readonly ProblemState[] = PROBLEM_STATES.slice(0, -1);
  const from = state === "risk_accepted" ? "closed" : state;
  return columns[columns.indexOf(from) + step] ?? null;
}

/** How a problem is named in text: "PRB-12". Not "P12", which reads as a priority. */
export function problemRef(number: number): string {
  return `PRB-${number}`;
}
