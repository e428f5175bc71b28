import type { OnCallFacts } from "#lib/escalation/choose-people";
import { TOP } from "#lib/escalation/plan";
import type { PolicySnapshot } from "#lib/escalation/policy";
import { addSeconds } from "#lib/incidents/incident";
import type { IncidentChange, IncidentState, PendingAction, Transition, Who } from "#lib/incidents/incident";
import { enterNext } from "#lib/incidents/nobody-answered";
import { openTimers } from "#lib/incidents/timers";

export type ResolveInput = { resolution: string | null; via: "person" | "integration" | "timeout" | "merge" };

/** Ends the incident: nobody is assigned, no timer runs, its alerts are resolved with it. */
export function resolve(state: IncidentState, who: Who, at: Date, input: ResolveInput): Transition {
  if (state.status === "resolved") return { kind: "refused", because: "already-resolved" };
  return {
    kind: "change",
    topic: "incident.resolved",
    patch: {
      status: "resolved",
      resolvedAt: at,
      resolvedVia: input.via,
      resolution: input.resolution,
      snoozedUntil: null,
      unassigned: false,
    },
    assignees: [],
    acknowledgers: [],
    pending: [],
    cancelPages: { because: `Resolved by ${who.name}` },
    log: [{ type: "resolve", class: "key", note: input.resolution, data: { via: input.via } }],
    resolveAlerts: input.via !== "merge",
  };
}

/** Opens a resolved incident again: from the top of the service's policy of today, or acknowledged by whoever reopened it. */
export function reopen(
  state: IncidentState,
  who: Who,
  at: Date,
  input: { policy: PolicySnapshot; facts: OnCallFacts; acknowledged: boolean; because: string | null },
): Transition {
  if (state.status !== "resolved") return { kind: "refused", because: "not-resolved" };
  if (state.mergedIntoId) return { kind: "refused", because: "merged" };
  const opened: IncidentState = {
    ...state,
    status: "triggered",
    policy: input.policy,
    nobodyAnswered: [],
    pending: openTimers(state, at),
  };
  const log = { type: "reopen" as const, class: "key" as const, note: input.because };
  const patch = {
    resolvedAt: null,
    resolvedVia: null,
    resolution: null,
    policySnapshot: input.policy,
    reopenCount: state.reopenCount + 1,
    nobodyAnswered: [],
  };
  if (input.acknowledged && who.type === "user" && who.id) {
    return {
      kind: "change",
      topic: "incident.reopened",
      patch: {
        ...patch,
        status: "acknowledged",
        acknowledgedAt: state.acknowledgedAt ?? at,
        assignedVia: "escalation_policy",
        ...TOP,
      },
      assignees: [who.id],
      acknowledgers: [who.id],
      pending: [...opened.pending, ...acknowledgementTimer(state, at)],
      log: [log],
    };
  }
  const entered = enterNext(opened, TOP, input.facts, at, {
    kind: "reopen",
    reason: "reopened",
  });
  return {
    ...entered,
    topic: "incident.reopened",
    patch: { ...entered.patch, ...patch },
    log: [log, ...entered.log],
  };
}

/** Folds `source` into another incident: resolved, pointing there; its alerts move (the shell moves them). */
export function mergeInto(source: IncidentState, target: IncidentState, who: Who, at: Date): Transition {
  const resolved = resolve(source, who, at, { resolution: `Merged into #${target.number}`, via: "merge" });
  if (resolved.kind === "refused") return resolved;
  return {
    ...resolved,
    topic: "incident.merged",
    patch: { ...resolved.patch, mergedIntoId: target.id },
    log: [{ type: "merge", class: "key", data: { into: target.id, intoNumber: target.number } }],
  };
}

/** Leaves the other half of the merge's trace on the incident that goes on. */
export function absorb(target: IncidentState, sources: readonly IncidentState[]): IncidentChange {
  return {
    kind: "change",
    topic: "incident.updated",
    patch: {},
    log: sources.map((source) => ({
      type: "merge",
      class: "key",
      data: { from: source.id, fromNumber: source.number, title: source.title },
    })),
  };
}

function acknowledgementTimer(state: IncidentState, at: Date): PendingAction[] {
  const seconds = state.service.acknowledgementTimeout;
  return seconds === null ? [] : [{ type: "unacknowledge", at: addSeconds(at, seconds) }];
}
