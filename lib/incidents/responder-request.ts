import { nextDueAt, planEscalation } from "#lib/escalation/plan";
import type { OnCallFacts, Told } from "#lib/escalation/choose-people";
import type { PolicySnapshot } from "#lib/escalation/policy";

/** `asking`: still waiting for somebody to join, whoever is to be asked next. */
export const REQUEST_TARGET_STATES = ["asking", "joined", "ended", "cancelled"] as const;
export type RequestTargetState = (typeof REQUEST_TARGET_STATES)[number];

/** What one person who was asked to join has answered; the public API's words. */
export const RESPONDER_STATES = ["pending", "joined", "declined", "user_cancelled"] as const;
export type ResponderState = (typeof RESPONDER_STATES)[number];

/** Who of a policy is asked next, and when it goes on by itself; null: everybody was asked. */
export type Asking = { people: Told[]; level: number; loop: number; nextAt: Date | null };

/**
 * Asks the next level of a policy to join, as an escalation would tell it; nobody's turn is used up. While nobody is there at all it is
 * tried again.
 */
export function askNext(
  policy: PolicySnapshot,
  from: { level: number; loop: number },
  facts: OnCallFacts,
): Asking {
  const standing = { ...from, turn: 0, members: {}, isHeld: false };
  const decision = planEscalation(policy, standing, facts);
  if (decision.kind === "exhausted") return { ...from, people: [], nextAt: null };
  const taken = decision.kind === "enter" || decision.kind === "fallback" ? decision.people : [];
  const people = new Map([...taken, ...decision.told].map((person) => [person.userId, person]));
  const { level, loop } = decision.position;
  return { people: [...people.values()], level, loop, nextAt: nextDueAt(decision, facts.at) };
}
