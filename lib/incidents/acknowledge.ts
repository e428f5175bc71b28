import { addSeconds, without } from "#lib/incidents/incident";
import type { IncidentState, PendingAction, Person, Transition, Who } from "#lib/incidents/incident";

/**
 * Somebody takes the incident: every queued page of everybody is cancelled, escalation stops, and the assignment collapses onto
 * those who acknowledged. Acknowledging again is allowed and restarts the acknowledgement's time-out. A machine (an
 * acknowledge event) stops the escalation as well, but nobody is put in the place of those assigned.
 */
export function acknowledge(state: IncidentState, who: Who, at: Date): Transition {
  if (state.status === "resolved") return { kind: "refused", because: "already-resolved" };
  const person = who.type === "user" && who.id ? { userId: who.id, name: who.name } : null;
  const again = person !== null && state.acknowledgers.some(({ userId }) => userId === person.userId);
  return {
    kind: "change",
    topic: "incident.acknowledged",
    patch: {
      status: "acknowledged",
      acknowledgedAt: state.acknowledgedAt ?? at,
      snoozedUntil: null,
      nobodyAnswered: [],
      ...(person && { unassigned: false }),
    },
    ...takers(state, person),
    pending: [...without(state, "escalate", "unacknowledge"), ...timeoutTimer(state, at)],
    cancelPages: { because: `Acknowledged by ${who.name}` },
    log: [
      {
        type: "acknowledge",
        class: "key",
        userId: person?.userId ?? null,
        data: { again, timeoutSeconds: state.service.acknowledgementTimeout },
      },
    ],
  };
}

/** Sleeps until `until`: shown as acknowledged, then triggered again. Auto-resolve is pushed beyond the snooze. */
export function snooze(state: IncidentState, who: Who, at: Date, until: Date): Transition {
  if (state.status === "resolved") return { kind: "refused", because: "already-resolved" };
  const person = who.type === "user" && who.id ? { userId: who.id, name: who.name } : null;
  const timers: PendingAction[] = [
    ...state.pending.filter(({ type }) => type === "urgency_change"),
    { type: "unacknowledge", at: until },
  ];
  const resolve = state.pending.find((action) => action.type === "resolve");
  if (resolve) {
    const beyond = addSeconds(until, state.service.autoResolveTimeout ?? 0);
    timers.push({ type: "resolve", at: new Date(Math.max(resolve.at.getTime(), beyond.getTime())) });
  }
  return {
    kind: "change",
    topic: "incident.snoozed",
    patch: {
      status: "acknowledged",
      acknowledgedAt: state.acknowledgedAt ?? at,
      snoozedUntil: until,
      ...(person && { unassigned: false }),
    },
    ...takers(state, person),
    pending: timers,
    cancelPages: { because: `Snoozed by ${who.name}` },
    log: [
      {
        type: "snooze",
        class: "key",
        userId: person?.userId ?? null,
        data: { until: until.toISOString(), seconds: Math.round((until.getTime() - at.getTime()) / 1000) },
      },
    ],
  };
}

function takers(
  state: IncidentState,
  person: Person | null,
): { assignees?: readonly string[]; acknowledgers?: readonly string[] } {
  if (!person) return {};
  const ids = new Set(state.acknowledgers.map(({ userId }) => userId)).add(person.userId);
  return { assignees: [...ids], acknowledgers: [...ids] };
}

function timeoutTimer(state: IncidentState, at: Date): PendingAction[] {
  const seconds = state.service.acknowledgementTimeout;
  return seconds === null ? [] : [{ type: "unacknowledge", at: addSeconds(at, seconds) }];
}
