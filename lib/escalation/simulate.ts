import { minutesUntilNext, planEscalation } from "#lib/escalation/plan";
import type { EscalationDecision, OnCallFacts, Position, Skipped, Told } from "#lib/escalation/plan";
import type { PolicySnapshot } from "#lib/escalation/policy";

/** What happens at one instant of an incident that nobody acknowledges. */
export type SimulatedStep = {
  /** Minutes after the incident began. */
  minute: number;
  at: Date;
  /** `end`: everybody was told, the last level keeps the incident. */
  kind: "level" | "fallback" | "nobody" | "end";
  /** 1-based; null: no level of the policy. */
  level: number | null;
  /** The pass through the policy, from 1. */
  pass: number;
  people: Told[];
  skipped: Skipped[];
  because: string | null;
};

const MINUTE = 60_000;

/**
 * Walks a policy as if an incident began at `from` and nobody acknowledged: the same decisions as in earnest, each with the
 * people on call at its own instant; while nobody is there at all, trying again is not told. Ends when the policy is exhausted, at the latest with the last step within `maxMinutes`.
 */
export function simulateEscalation(
  policy: PolicySnapshot,
  factsAt: (at: Date) => OnCallFacts,
  from: Date,
  maxMinutes: number,
): SimulatedStep[] {
  const steps: SimulatedStep[] = [];
  let position: Position = { level: 0, loop: 0 };
  let minute = 0;
  while (minute <= maxMinutes) {
    const at = new Date(from.getTime() + minute * MINUTE);
    const decision = planEscalation(policy, position, factsAt(at));
    const isSilentRetry = decision.kind === "nobody" && steps.at(-1)?.kind === "nobody";
    if (!isSilentRetry) steps.push({ minute, at, ...stepOf(decision, position) });
    if (decision.kind === "exhausted") return steps;
    position = decision.position;
    minute += minutesUntilNext(decision);
  }
  return steps;
}

const KINDS = { enter: "level", fallback: "fallback", nobody: "nobody", exhausted: "end" } as const;

function stepOf(decision: EscalationDecision, before: Position): Omit<SimulatedStep, "minute" | "at"> {
  const position = decision.kind === "exhausted" ? before : decision.position;
  return {
    kind: KINDS[decision.kind],
    level: decision.kind === "enter" ? position.level : null,
    pass: position.loop + 1,
    people: decision.kind === "enter" || decision.kind === "fallback" ? decision.people : [],
    skipped: decision.skipped,
    because: decision.kind === "enter" ? null : decision.because,
  };
}
