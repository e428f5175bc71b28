import type { ReadinessState } from "#lib/people/readiness";

export type LevelPeople = { level: number; people: readonly { name: string; state: ReadinessState }[] };

/** How well a policy reaches anybody right now, by its weakest level. */
export type PolicyReadiness = {
  state: ReadinessState;
  /** The weakest level, and why; null when every level is ready. */
  weakest: { level: number | null; because: string } | null;
};

const RANK: Record<ReadinessState, number> = { unreachable: 0, partly: 1, ready: 2 };

/**
 * Judges a policy with the people who are on call for it now. All of a level are told at once, so a level is as good as its best person;
 * a policy is as good as its weakest level.
 */
export function judgePolicy(levels: readonly LevelPeople[]): PolicyReadiness {
  if (levels.length === 0) {
    return { state: "unreachable", weakest: { level: null, because: "It has no level." } };
  }
  const judged = levels.map((level) => ({ ...level, state: bestOf(level.people) }));
  const [weakest] = judged.toSorted((a, b) => RANK[a.state] - RANK[b.state] || a.level - b.level);
  if (!weakest || weakest.state === "ready") return { state: "ready", weakest: null };
  return { state: weakest.state, weakest: { level: weakest.level, because: becauseOf(weakest) } };
}

function bestOf(people: LevelPeople["people"]): ReadinessState {
  const [best] = people.toSorted((a, b) => RANK[b.state] - RANK[a.state]);
  return best?.state ?? "unreachable";
}

function becauseOf({ people, state }: LevelPeople & { state: ReadinessState }): string {
  if (people.length === 0) return "Nobody is on call there now.";
  const names = people.map(({ name }) => name).join(", ");
  return state === "unreachable" ? `${names}: not reachable.` : `${names}: only partly ready.`;
}
