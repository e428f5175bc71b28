import type { OnCallFacts } from "#lib/escalation/plan";
import type { PolicySnapshot } from "#lib/escalation/policy";
import { enterNext } from "#lib/incidents/assign";
import { without } from "#lib/incidents/incident";
import type { IncidentPatch, IncidentState, LogDraft, Transition } from "#lib/incidents/incident";
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
    const kept = without(
      state,
      "urgency_change",
      ...(state.service.escalateLowUrgency ? [] : ["escalate" as const]),
    );
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
  const from = { level: Math.max(0, state.level - 1), loop: state.loop };
  const entered = enterNext(raised, from, facts, at, { kind: "urgency", reason: "urgency_raised" });
  return {
    ...entered,
    topic: "incident.updated",
    patch: { ...entered.patch, urgency: to },
    urgency: to,
    log: [log, ...entered.log],
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
  const entered = enterNext(moved, { level: 0, loop: 0 }, facts, at, {
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

export type FieldChange = { field: string; from: string | null; to: string | null };

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
    log: changed.map((field) => ({
      type: field.field === "priority" ? "priority_change" : "field_value_change",
      class: field.field === "priority" ? "key" : "system",
      note: reason,
      data: field,
    })),
  };
}
