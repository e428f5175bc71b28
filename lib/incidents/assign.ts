import type { OnCallFacts, Told } from "#lib/escalation/choose-people";
import { TOP } from "#lib/escalation/plan";
import { without } from "#lib/incidents/incident";
import type { IncidentState, Person, Transition } from "#lib/incidents/incident";
import { enterNext } from "#lib/incidents/nobody-answered";
import { named } from "#lib/incidents/step-log";
import { directTimer, escalateTimer, holdingLevel, planFrom } from "#lib/incidents/take-step";

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
    return enterNext(state, { level: how.level - 1, loop: state.loop, turn: 0 }, facts, at, {
      kind: "manual",
      reason: "escalated",
      level: how.level,
    });
  }
  // After a direct assignment the policy has not begun: its first level is next.
  const from = state.assignedVia === "direct_assignment" ? TOP : state;
  const { level, loop, turn } = from;
  return enterNext(state, { level, loop, turn }, facts, at, {
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
      ...TOP,
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

const UNACKNOWLEDGED = {
  timeout: { because: "The acknowledgement ran out", name: "timeout" },
  snooze: { because: "The snooze ended", name: "snooze" },
  manual: { because: "Un-acknowledged", name: "manual" },
};

/** What its level says now that nobody has it any more. */
function planAgain(state: IncidentState, facts: OnCallFacts, isHeld: boolean) {
  // Beyond the last level stood the fallback: look again from the top of this pass.
  const before = state.level > state.policy.levels.length ? 0 : Math.max(0, holdingLevel(state) - 1);
  const again = planFrom(state, { level: before, loop: state.loop, turn: 0 }, facts, isHeld);
  // Its level may have closed since; who has their turn there still has it.
  return again.kind === "exhausted" ? planFrom(state, state, facts, isHeld) : again;
}

/** An acknowledgement ran out or was taken back: those who had it and whoever is on call now are told from the start. */
export function unacknowledge(
  state: IncidentState,
  facts: OnCallFacts,
  at: Date,
  how: "timeout" | "manual" | "snooze" | { because: string },
): Transition {
  if (state.status === "resolved") return { kind: "refused", because: "already-resolved" };
  if (state.status !== "acknowledged") return { kind: "refused", because: "not-acknowledged" };
  const { because, name } = typeof how === "string" ? UNACKNOWLEDGED[how] : { ...how, name: "gone" };
  const had = [...state.acknowledgers, ...state.assignees]
    .filter((person) => facts.people.has(person.userId))
    .map((person) => ({
      userId: person.userId,
      trace: [{ step: "unacknowledge", outcome: person.name, because }],
    }));
  const plan = planAgain(state, facts, had.length > 0);
  const current = plan.kind === "enter" || plan.kind === "fallback" ? plan.people : [];
  const people = distinct([...had, ...current]);
  if (people.length === 0) {
    return enterNext(state, TOP, facts, at, { kind: "first", reason: "unacknowledged" });
  }
  const { level, loop, turn } = plan.kind === "exhausted" ? state : plan.position;
  const told = plan.kind === "exhausted" ? [] : plan.told.filter(isNewAmong(people));
  return {
    kind: "change",
    topic: "incident.unacknowledged",
    patch: {
      status: "triggered",
      assignedVia: "escalation_policy",
      level,
      loop,
      turn,
      unassigned: false,
      snoozedUntil: null,
      ...(plan.kind === "enter" && { ringMembers: plan.members }),
    },
    assignees: people.map((person) => person.userId),
    acknowledgers: [],
    pending: [...without(state, "escalate", "unacknowledge"), ...escalateTimer(state, plan, at)],
    cancelPages: { because },
    pages: [
      ...people.map(({ userId, trace }) => ({ userId, reason: "unacknowledged" as const, level, trace })),
      ...told.map((person) => ({ ...person, reason: "told" as const })),
    ],
    ...(plan.kind === "enter" && { rings: plan.rings }),
    log: [
      {
        type: "unacknowledge",
        class: "key",
        data: { because, how: name, assignees: named(people, facts) },
      },
    ],
  };
}

function isNewAmong(people: readonly Told[]) {
  const known = new Set(people.map(({ userId }) => userId));
  return ({ userId }: Told) => !known.has(userId);
}

function distinct(people: Told[]): Told[] {
  const seen = new Map<string, Told>();
  for (const person of people) if (!seen.has(person.userId)) seen.set(person.userId, person);
  return [...seen.values()];
}
