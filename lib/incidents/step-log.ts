import type { OnCallFacts } from "#lib/escalation/choose-people";
import type { EscalationDecision } from "#lib/escalation/plan";
import type { LogDraft } from "#lib/incidents/incident";

type Entry = { kind: "first" | "timeout" | "manual" | "delegate" | "reopen" | "urgency" };

/** The timeline's lines of one step: what was passed over and why, who was told, who has it now. */
export function decisionLog(decision: EscalationDecision, entry: Entry, facts: OnCallFacts): LogDraft[] {
  const skips = decision.skipped.map(({ level, because }): LogDraft => ({
    type: "skip_level",
    class: "system",
    data: { level, because },
  }));
  if (decision.kind === "exhausted") {
    const { because } = decision;
    return [...skips, { type: "exhaust_escalation_path", class: "key", data: { because } }];
  }
  return [...skips, ...entered(decision, entry, facts), ...told(decision, facts)];
}

/** People as a log entry names them. */
export function named(people: readonly { userId: string }[], facts: Pick<OnCallFacts, "people">) {
  return people.map(({ userId }) => ({ id: userId, name: facts.people.get(userId)?.name ?? userId }));
}

type Decided = Exclude<EscalationDecision, { kind: "exhausted" }>;

function entered(decision: Decided, entry: Entry, facts: OnCallFacts): LogDraft[] {
  const { position } = decision;
  const repeat: LogDraft[] = decision.repeated
    ? [{ type: "repeat_escalation_path", class: "system", data: { loop: position.loop } }]
    : [];
  if (decision.kind === "tell") return repeat;
  if (decision.kind === "wait") {
    const { level, because, until } = decision;
    const data = { level, because, until: until.toISOString() };
    return [...repeat, { type: "wait_level", class: "key", data }];
  }
  if (decision.kind === "nobody") {
    return [{ type: "coverage_gap", class: "key", data: { because: decision.because } }];
  }
  const data = {
    level: position.level,
    loop: position.loop,
    assignees: named(decision.people, facts),
  };
  if (decision.kind === "fallback") {
    const { because } = decision;
    return [
      { type: "coverage_gap", class: "key", data: { because } },
      { type: "fallback", class: "key", data: { ...data, because } },
    ];
  }
  return [...repeat, taken(entry, data, decision.isNextTurn)];
}

function taken(entry: Entry, data: Record<string, unknown>, isNextTurn: boolean): LogDraft {
  if (isNextTurn) return { type: "escalate", class: "key", data: { ...data, kind: "turn" } };
  if (entry.kind === "timeout" || entry.kind === "manual") {
    return { type: "escalate", class: "key", data: { ...data, kind: entry.kind } };
  }
  if (entry.kind === "delegate") return { type: "delegate", class: "key", data };
  return { type: "assign", class: "people", data: { ...data, via: "escalation_policy" } };
}

/** One line for each level that only told. */
function told(decision: Decided, facts: OnCallFacts): LogDraft[] {
  return [...Map.groupBy(decision.told, ({ level }) => level)].map(([level, people]) => ({
    type: "tell",
    class: "people",
    data: { level, assignees: named(people, facts) },
  }));
}
