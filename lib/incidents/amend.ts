import type { OnCallFacts } from "#lib/escalation/choose-people";
import { TOP } from "#lib/escalation/plan";
import type { PolicySnapshot } from "#lib/escalation/policy";
import { without } from "#lib/incidents/incident";
import type {
  FieldChange,
  IncidentChange,
  IncidentPatch,
  IncidentState,
  LogDraft,
  Transition,
} from "#lib/incidents/incident";
import { enterNext } from "#lib/incidents/nobody-answered";
import { directTimer, whereItStands } from "#lib/incidents/take-step";
import { urgencyTimer } from "#lib/incidents/timers";
import type { Urgency } from "#lib/incidents/vocabulary";

/**
 * Raising the urgency of a triggered incident starts the high rules and the escalation now; lowering it stops the escalation
 * and what was still queued.
 */
export function changeUrgency(state: IncidentState, to: Urgency, facts: OnCallFacts, at: Date): Transition {
  if (state.status === "resolved") return { kind: "refused", because: "already-resolved" };
  if (state.urgency === to) return { kind: "refused", because: "same" };
  const log: LogDraft = { type: "urgency_change", class: "key", data: { from: state.urgency, to } };
  if (to === "low") {
    // One that nobody has goes on being offered, at any urgency.
    const escalates = state.service.escalateLowUrgency || state.assignees.length === 0;
    const kept = without(state, "urgency_change", ...(escalates ? [] : ["escalate" as const]));
    return {
      kind: "change",
      topic: "incident.updated",
      patch: { urgency: to },
      urgency: to,
      pending: [...kept, ...urgencyTimer(state.service, at)],
      cancelPages: { because: "The urgency was lowered" },
      log: [log],
    };
  }
  const raised: IncidentState = { ...state, urgency: to, pending: without(state, "urgency_change") };
  if (state.status !== "triggered") {
    return {
      kind: "change",
      topic: "incident.updated",
      patch: { urgency: to },
      urgency: to,
      pending: [...raised.pending],
      log: [log],
    };
  }
  if (state.assignedVia === "direct_assignment") {
    const again = pageAssigned(raised, facts, at);
    if (again) return { ...again, patch: { urgency: to }, urgency: to, log: [log] };
  }
  const entered = enterNext(raised, whereItStands(state, facts), facts, at, {
    kind: "urgency",
    reason: "urgency_raised",
  });
  return {
    ...entered,
    topic: "incident.updated",
    patch: { ...entered.patch, urgency: to },
    urgency: to,
    log: [log, ...entered.log],
  };
}

/** Those whom somebody chose keep it and are told by their high rules; null when none of them can be paged any more. */
function pageAssigned(state: IncidentState, facts: OnCallFacts, at: Date): IncidentChange | null {
  const people = state.assignees.filter(({ userId }) => facts.people.has(userId));
  if (people.length === 0) return null;
  return {
    kind: "change",
    topic: "incident.updated",
    patch: {},
    pending: [...without(state, "escalate"), ...directTimer(state, at)],
    cancelPages: { because: "The urgency was raised" },
    pages: people.map(({ userId, name }) => ({
      userId,
      reason: "urgency_raised",
      level: null,
      trace: [{ step: "assignment", outcome: name, because: "Assigned by hand, and the urgency was raised" }],
    })),
    log: [],
  };
}

/** Hands the incident to another policy: its first level is told, its passes start over. */
export function delegate(
  state: IncidentState,
  policy: PolicySnapshot,
  facts: OnCallFacts,
  at: Date,
): Transition {
  if (state.status === "resolved") return { kind: "refused", because: "already-resolved" };
  const moved: IncidentState = { ...state, policy };
  const entered = enterNext(moved, TOP, facts, at, {
    kind: "delegate",
    reason: "reassigned",
  });
  return {
    ...entered,
    topic: "incident.delegated",
    patch: { ...entered.patch, policySnapshot: policy },
    log: entered.log.map((entry) => ({ ...entry, data: { ...entry.data, policy: policy.name } })),
  };
}

/** A change of fields that pages nobody: title, priority, service, customer impact, phase instants. */
export function changeFields(
  state: IncidentState,
  patch: IncidentPatch,
  fields: readonly FieldChange[],
  reason: string | null,
): Transition {
  const changed = fields.filter((field) => field.from !== field.to);
  if (changed.length === 0) return { kind: "refused", because: "same" };
  return {
    kind: "change",
    topic: "incident.updated",
    patch,
    amended: { fields: changed, reason },
    log: changed.map((field) => ({
      type: field.field === "priority" ? "priority_change" : "field_value_change",
      class: field.field === "priority" ? "key" : "system",
      note: reason,
      data: field,
    })),
  };
}
