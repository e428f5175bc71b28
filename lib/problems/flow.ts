import { PROBLEM_STATES } from "#lib/problems/problem";
import type { ProblemState } from "#lib/problems/problem";

/** A problem's way over the board; instants in epoch milliseconds, moves in their order. */
export type ProblemCourse = {
  createdAt: number;
  state: ProblemState;
  stateChangedAt: number;
  moves: readonly { at: number; to: ProblemState }[];
};

/** How many problems stood in each state at an instant. */
export type FlowPoint = { at: number; counts: Record<ProblemState, number> };

/** The state at an instant; null before the problem was known. Every problem begins as suspected. */
export function stateAt(
  { createdAt, state, stateChangedAt, moves }: ProblemCourse,
  at: number,
): ProblemState | null {
  if (at < createdAt) return null;
  // The present needs no record of how it came about.
  if (at >= stateChangedAt) return state;
  return moves.findLast((move) => move.at <= at)?.to ?? "suspected";
}

/** The problems of each state at each of these instants: a cumulative flow. */
export function flowAt(courses: readonly ProblemCourse[], instants: readonly number[]): FlowPoint[] {
  return instants.map((at) => {
    const counts: Record<ProblemState, number> = {
      suspected: 0,
      investigating: 0,
      known_error: 0,
      fix_scheduled: 0,
      verifying: 0,
      closed: 0,
      risk_accepted: 0,
    };
    for (const course of courses) {
      const state = stateAt(course, at);
      if (state !== null) counts[state] += 1;
    }
    return { at, counts };
  });
}

/** States whose problems are done with, at the bottom of the flow; the others are above them, the latest state lowest. */
export const FLOW_ORDER: readonly ProblemState[] = PROBLEM_STATES.toReversed();
