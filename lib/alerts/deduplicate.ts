import type { Hold } from "#lib/alerts/verdict";
import type { Severity } from "#lib/alerts/vocabulary";
import type { NormalisedEvent, TriggerEvent } from "#lib/events/event";
import { isOlderThanLastFire } from "#lib/events/out-of-order";
import type { TraceStep } from "#lib/events/trace";

/** The open alert with the event's key on the event's integration. */
export interface OpenAlertFacts {
  alertId: string;
  /** Null while it is suppressed or paused. */
  incidentId: string | null;
  /** Why it has no incident. */
  hold: Hold | null;
  severity: Severity;
  occurrenceCount: number;
  /** The instant its source stated with the last trigger; null when it stated none. */
  lastFiredAt: Date | null;
  /** When the last trigger was received. */
  lastSeenAt: Date;
}

/** The alert with this key that was resolved last, on a service that reopens within a time. */
export interface ReopenFacts {
  alertId: string;
  incidentId: string;
  resolvedAt: Date;
  reopenWithinSeconds: number;
}

export type AlertDecision =
  | { kind: "create"; event: TriggerEvent; reopens: ReopenFacts | null }
  | {
      kind: "count";
      alertId: string;
      occurrenceCount: number;
      /** The alert takes over severity and details; false when a newer trigger already did. */
      isNewest: boolean;
      /** The severity it had, when this event changes it. */
      previousSeverity: Severity | null;
    }
  | { kind: "acknowledge"; alertId: string; incidentId: string }
  | { kind: "resolve"; alertId: string; incidentId: string | null }
  | { kind: "drop" };

export interface JudgedEvent {
  decision: AlertDecision;
  trace: TraceStep[];
}

const STEP = "deduplicate";

/**
 * Decides what an event means for the alert with its key: the matrix of the Events API (action by open alert or none), and
 * a resolve that was overtaken by a later trigger is not obeyed. The scope of a key is its integration. The title of an
 * open alert never changes. `occurrences`: how often the event was said.
 */
export function decideAlert(
  open: OpenAlertFacts | null,
  event: NormalisedEvent,
  at: Date,
  reopen: ReopenFacts | null = null,
  occurrences = 1,
): JudgedEvent {
  if (event.action === "trigger") {
    return open === null ? create(event, at, reopen) : countAgain(open, event, occurrences);
  }
  if (open === null) {
    return drop("dropped", `No alert is open under this key, so there is nothing to ${event.action}`);
  }
  return event.action === "acknowledge" ? acknowledge(open) : resolve(open, event.timestamp);
}

function create(event: TriggerEvent, at: Date, reopen: ReopenFacts | null): JudgedEvent {
  if (reopen !== null && isWithinReopenTime(reopen, at)) {
    const because = `The last alert under this key was resolved within ${reopen.reopenWithinSeconds} s, the service's reopen time`;
    return judged({ kind: "create", event, reopens: reopen }, "reopened", because);
  }
  const because =
    event.dedupKey === null
      ? "The event has no key, so it is a new alert"
      : "No alert is open under this key";
  return judged({ kind: "create", event, reopens: null }, "created", because);
}

function isWithinReopenTime({ resolvedAt, reopenWithinSeconds }: ReopenFacts, at: Date): boolean {
  return at.getTime() - resolvedAt.getTime() < reopenWithinSeconds * 1000;
}

function countAgain(open: OpenAlertFacts, event: TriggerEvent, occurrences: number): JudgedEvent {
  const isNewest = !isOlderThanLastFire(event.timestamp, lastFire(open));
  const occurrenceCount = open.occurrenceCount + occurrences;
  const previousSeverity = isNewest && event.severity !== open.severity ? open.severity : null;
  const because = isNewest
    ? `The alert is open already; this is occurrence ${occurrenceCount}, which pages nobody again`
    : `The alert is open already and has a later trigger; counted as occurrence ${occurrenceCount}, its details are kept`;
  return judged(
    { kind: "count", alertId: open.alertId, occurrenceCount, isNewest, previousSeverity },
    "counted again",
    because,
  );
}

function acknowledge(open: OpenAlertFacts): JudgedEvent {
  if (open.incidentId === null) {
    return drop("dropped", "The alert is suppressed or paused: it has no incident to acknowledge");
  }
  const decision = { kind: "acknowledge", alertId: open.alertId, incidentId: open.incidentId } as const;
  return judged(decision, "passed on", "An alert can't be acknowledged, so its incident is");
}

function resolve(open: OpenAlertFacts, statedAt: string | null): JudgedEvent {
  if (isOlderThanLastFire(statedAt, lastFire(open))) {
    const because = `The resolve is of ${statedAt}, older than the last trigger, so it was overtaken on the way`;
    return drop("ignored", because);
  }
  const decision = { kind: "resolve", alertId: open.alertId, incidentId: open.incidentId } as const;
  return judged(decision, "resolved", "Its source says that it is over");
}

function lastFire(open: OpenAlertFacts) {
  return { statedAt: open.lastFiredAt, receivedAt: open.lastSeenAt };
}

function drop(outcome: string, because: string): JudgedEvent {
  return judged({ kind: "drop" }, outcome, because);
}

function judged(decision: AlertDecision, outcome: string, because: string): JudgedEvent {
  return { decision, trace: [{ step: STEP, outcome, because }] };
}
