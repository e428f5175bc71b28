import { minutesUntilNext, planEscalation } from "#lib/escalation/plan";
import type { EscalationDecision, OnCallFacts, Position, Told } from "#lib/escalation/plan";
import { addSeconds, without } from "#lib/incidents/incident";
import type {
  IncidentChange,
  IncidentState,
  LogDraft,
  PendingAction,
  Person,
  Transition,
} from "#lib/incidents/incident";
import type { PageReason } from "#lib/notifications/vocabulary";

const DEFAULT_DIRECT_SECONDS = 1800;

type Entry = { kind: "first" | "timeout" | "manual" | "delegate" | "reopen" | "urgency"; reason: PageReason };

/**
 * Takes an incident one step along its policy and says who is paged. Nothing left to try: the last level keeps the incident
 * and no more pages go out. Nobody at all: the fallback has it, or it is marked unassigned; a coverage gap is recorded either way.
 */
export function enterNext(
  state: IncidentState,
  from: Position,
  facts: OnCallFacts,
  at: Date,
  entry: Entry,
): IncidentChange {
  const onward = planEscalation(state.policy, from, facts);
  // Whoever was told last keeps it; where that is nobody, the policy begins anew.
  const isKept = onward.kind !== "exhausted" || state.assignees.length > 0;
  const decision = isKept ? onward : planEscalation(state.policy, TOP, facts);
  const gaps = decision.skipped.map(({ level, because }) => ({ level, because }));
  if (decision.kind === "exhausted") {
    return {
      kind: "change",
      topic: "incident.exhausted",
      patch: {},
      // Only a level that was named may lie beyond those that are still to come.
      pending: isExhausted(state, facts) ? without(state, "escalate") : [...state.pending],
      log: [
        ...skips(decision),
        { type: "exhaust_escalation_path", class: "key", data: { because: decision.because } },
      ],
      coverageGaps: gaps,
    };
  }
  const people = decision.kind === "nobody" ? [] : decision.people;
  const pending = [...without(state, "escalate", "unacknowledge"), ...escalateTimer(state, decision, at)];
  if (decision.kind === "nobody" && entry.kind === "timeout" && state.assignees.length === 0) {
    // Tried again, and still nobody: that was said the first time.
    return { kind: "change", topic: "incident.updated", patch: {}, pending, log: [] };
  }
  return {
    kind: "change",
    topic: entry.kind === "first" ? "incident.triggered" : "incident.escalated",
    patch: {
      status: "triggered",
      assignedVia: "escalation_policy",
      level: decision.position.level,
      loop: decision.position.loop,
      unassigned: people.length === 0,
      snoozedUntil: null,
    },
    assignees: people.map((person) => person.userId),
    acknowledgers: [],
    pending,
    cancelPages: { because: "The incident moved on" },
    pages: pageEach(people, decision.kind === "fallback" ? "fallback" : entry.reason, decision),
    log: [...skips(decision), ...entered(decision, entry, facts)],
    coverageGaps: decision.kind === "enter" ? gaps : [...gaps, { level: null, because: decision.because }],
  };
}

/** A time-out or a person moves a triggered (or acknowledged) incident to the next level, or to a named one. */
export function escalate(
  state: IncidentState,
  facts: OnCallFacts,
  at: Date,
  how: { kind: "timeout" } | { kind: "manual"; level?: number },
): Transition {
  if (state.status === "resolved") return { kind: "refused", because: "already-resolved" };
  // One that nobody has is not escalated but offered again, whatever its urgency.
  if (state.urgency === "low" && !state.service.escalateLowUrgency && state.assignees.length > 0) {
    return { kind: "refused", because: "low-urgency" };
  }
  if (how.kind === "manual" && how.level !== undefined) {
    if (how.level < 1 || how.level > state.policy.levels.length)
      return { kind: "refused", because: "no-such-level" };
    return enterNext(state, { level: how.level - 1, loop: state.loop }, facts, at, {
      kind: "manual",
      reason: "escalated",
    });
  }
  // After a direct assignment the policy has not begun: its first level is next.
  const from = state.assignedVia === "direct_assignment" ? TOP : state;
  return enterNext(state, { level: from.level, loop: from.loop }, facts, at, {
    kind: how.kind,
    reason: "escalated",
  });
}

/** Hands the incident to named people. The policy takes over again if none of them acknowledges in time. */
export function assignDirectly(state: IncidentState, people: readonly Person[], at: Date): Transition {
  if (state.status === "resolved") return { kind: "refused", because: "already-resolved" };
  if (people.length === 0) return { kind: "refused", because: "nobody" };
  const names = people.map((person) => person.name).join(", ");
  const trace = [{ step: "assignment", outcome: names, because: "Assigned by hand" }];
  return {
    kind: "change",
    topic: "incident.reassigned",
    patch: {
      status: "triggered",
      assignedVia: "direct_assignment",
      level: 0,
      loop: 0,
      unassigned: false,
      snoozedUntil: null,
    },
    assignees: people.map((person) => person.userId),
    acknowledgers: [],
    pending: [...without(state, "escalate", "unacknowledge"), ...directTimer(state, at)],
    cancelPages: { because: `Reassigned to ${names}` },
    pages: people.map((person) => ({ userId: person.userId, reason: "reassigned", level: null, trace })),
    log: people.map((person) => ({
      type: "assign" as const,
      class: "people" as const,
      userId: person.userId,
      data: { assignee: person.name, via: "direct_assignment" },
    })),
  };
}

const TOP: Position = { level: 0, loop: 0 };

const UNACKNOWLEDGED = {
  timeout: "The acknowledgement ran out",
  snooze: "The snooze ended",
  manual: "Un-acknowledged",
};

/** An acknowledgement ran out or was taken back: those who had it and whoever is on call now are told from the start. */
export function unacknowledge(
  state: IncidentState,
  facts: OnCallFacts,
  at: Date,
  how: "timeout" | "manual" | "snooze" | { because: string },
): Transition {
  if (state.status === "resolved") return { kind: "refused", because: "already-resolved" };
  if (state.status !== "acknowledged") return { kind: "refused", because: "not-acknowledged" };
  // Beyond the last level stood the fallback: look again from the top of this pass.
  const before = state.level > state.policy.levels.length ? 0 : Math.max(0, state.level - 1);
  const plan = planEscalation(state.policy, { level: before, loop: state.loop }, facts);
  const current = plan.kind === "enter" || plan.kind === "fallback" ? plan.people : [];
  const because = typeof how === "string" ? UNACKNOWLEDGED[how] : how.because;
  const had = [...state.acknowledgers, ...state.assignees]
    .filter((person) => facts.people.has(person.userId))
    .map((person) => ({
      userId: person.userId,
      trace: [{ step: "unacknowledge", outcome: person.name, because }],
    }));
  const people = distinct([...had, ...current]);
  if (people.length === 0) {
    return enterNext(state, TOP, facts, at, { kind: "first", reason: "unacknowledged" });
  }
  const position = plan.kind === "exhausted" ? { level: state.level, loop: state.loop } : plan.position;
  return {
    kind: "change",
    topic: "incident.unacknowledged",
    patch: {
      status: "triggered",
      assignedVia: "escalation_policy",
      level: position.level,
      loop: position.loop,
      unassigned: false,
      snoozedUntil: null,
    },
    assignees: people.map((person) => person.userId),
    acknowledgers: [],
    pending: [
      ...without(state, "escalate", "unacknowledge"),
      ...(plan.kind === "exhausted" ? [] : escalateTimer(state, plan, at)),
    ],
    cancelPages: { because },
    pages: people.map((person) => ({
      userId: person.userId,
      reason: "unacknowledged",
      level: position.level,
      trace: person.trace,
    })),
    log: [
      {
        type: "unacknowledge",
        class: "key",
        data: { because, how: typeof how === "string" ? how : "gone", assignees: names(people, facts) },
      },
    ],
  };
}

/** Before the level that was told last, so that it is asked once more; from the top where nothing is left from there. */
export function whereItStands(state: IncidentState, facts: OnCallFacts): Position {
  if (state.assignedVia === "direct_assignment" || state.level > state.policy.levels.length) return TOP;
  const from = { level: Math.max(0, state.level - 1), loop: state.loop };
  return planEscalation(state.policy, from, facts).kind === "exhausted" ? TOP : from;
}

function isExhausted(state: IncidentState, facts: OnCallFacts): boolean {
  const from = state.assignedVia === "direct_assignment" ? TOP : { level: state.level, loop: state.loop };
  return planEscalation(state.policy, from, facts).kind === "exhausted";
}

function escalateTimer(state: IncidentState, decision: EscalationDecision, at: Date): PendingAction[] {
  if (decision.kind === "exhausted") return [];
  const escalates =
    state.urgency === "high" || state.service.escalateLowUrgency || decision.kind === "nobody";
  if (!escalates) return [];
  return [{ type: "escalate", at: addSeconds(at, minutesUntilNext(decision) * 60) }];
}

/** When the policy takes over from people who were assigned by hand and don't answer. */
export function directTimer(state: IncidentState, at: Date): PendingAction[] {
  if (state.urgency === "low" && !state.service.escalateLowUrgency) return [];
  const seconds = state.service.acknowledgementTimeout ?? DEFAULT_DIRECT_SECONDS;
  return [{ type: "escalate", at: addSeconds(at, seconds) }];
}

function pageEach(people: readonly Told[], reason: PageReason, decision: EscalationDecision) {
  const level = decision.kind === "enter" ? decision.position.level : null;
  return people.map((person) => ({ userId: person.userId, reason, level, trace: person.trace }));
}

function skips(decision: EscalationDecision): LogDraft[] {
  return decision.skipped.map(({ level, because }) => ({
    type: "skip_level",
    class: "system",
    data: { level, because },
  }));
}

function entered(decision: EscalationDecision, entry: Entry, facts: OnCallFacts): LogDraft[] {
  if (decision.kind === "exhausted") return [];
  if (decision.kind === "nobody") {
    return [{ type: "coverage_gap", class: "key", data: { because: decision.because } }];
  }
  const log: LogDraft[] = [];
  if (decision.kind === "fallback") {
    log.push({ type: "coverage_gap", class: "key", data: { because: decision.because } });
  } else if (decision.repeated) {
    log.push({ type: "repeat_escalation_path", class: "system", data: { loop: decision.position.loop } });
  }
  const assignees = names(decision.people, facts);
  const data = { level: decision.position.level, loop: decision.position.loop, assignees };
  if (decision.kind === "fallback") {
    log.push({ type: "fallback", class: "key", data: { ...data, because: decision.because } });
  } else if (entry.kind === "timeout" || entry.kind === "manual") {
    log.push({ type: "escalate", class: "key", data: { ...data, kind: entry.kind } });
  } else if (entry.kind === "delegate") {
    log.push({ type: "delegate", class: "key", data });
  } else {
    log.push({ type: "assign", class: "people", data: { ...data, via: "escalation_policy" } });
  }
  return log;
}

function names(people: readonly Told[], facts: OnCallFacts): { id: string; name: string }[] {
  return people.map(({ userId }) => ({ id: userId, name: facts.people.get(userId)?.name ?? userId }));
}

function distinct(people: Told[]): Told[] {
  const seen = new Map<string, Told>();
  for (const person of people) if (!seen.has(person.userId)) seen.set(person.userId, person);
  return [...seen.values()];
}
