import { decideAlert } from "#lib/alerts/deduplicate";
import type { AlertDecision, OpenAlertFacts, ReopenFacts } from "#lib/alerts/deduplicate";
import { holdOf, lifts } from "#lib/alerts/verdict";
import type { Hold, IncidentTerms, RuleVerdict } from "#lib/alerts/verdict";
import type { Severity } from "#lib/alerts/vocabulary";
import type { EventAction, TriggerEvent } from "#lib/events/event";
import type { TraceStep } from "#lib/events/trace";

/** An event of the inbox as rules left it, with what identifies its alert. */
export type PendingEvent = {
  inboxId: number;
  key: string;
  integrationId: string;
  action: EventAction;
  verdict: RuleVerdict;
  receivedAt: Date;
  /** How often it was said. */
  occurrences: number;
};

export type NewAlert = {
  alertId: string;
  key: string;
  integrationId: string;
  event: TriggerEvent;
  receivedAt: Date;
  occurrenceCount: number;
  lastFiredAt: Date | null;
  lastSeenAt: Date;
  severity: Severity;
  reopens: ReopenFacts | null;
  hold: Hold | null;
  verdict: RuleVerdict;
};

export type CountedAlert = {
  alertId: string;
  occurrenceCount: number;
  lastSeenAt: Date;
  /** The event whose severity and details the alert takes over; null keeps what it has. */
  newest: TriggerEvent | null;
};

export type Judged = {
  event: PendingEvent;
  decision: AlertDecision;
  trace: TraceStep[];
  alertId: string | null;
};

/** By alert id where an alert can be met again within the wave. */
export type WavePlan = {
  created: Map<string, NewAlert>;
  counted: Map<string, CountedAlert>;
  /** Alerts that were held back and open their incident now. */
  lifted: Map<string, { alertId: string; key: string; terms: IncidentTerms }>;
  resolvedAlerts: { alertId: string; incidentId: string | null; integrationId: string }[];
  acknowledged: { incidentId: string; integrationId: string }[];
  judged: Judged[];
};

type Facts = {
  open: Map<string, OpenAlertFacts>;
  reopen: ReadonlyMap<string, ReopenFacts>;
  /** Why an event opens nothing now (service disabled, integration deleted); null: it does. */
  closed: (event: PendingEvent) => string | null;
};

/**
 * Judges one wave against the open alerts and says what is to be written. `facts.open` follows along, so the next event (and the
 * next wave) sees what this one did; alerts that open here have no incident yet.
 */
export function planWave(
  wave: readonly PendingEvent[],
  facts: Facts,
  now: Date,
  newAlertId: () => string,
): WavePlan {
  const plan: WavePlan = {
    created: new Map(),
    counted: new Map(),
    lifted: new Map(),
    resolvedAlerts: [],
    acknowledged: [],
    judged: [],
  };
  for (const event of wave) plan.judged.push(judge(event, facts, plan, now, newAlertId));
  return plan;
}

function judge(
  event: PendingEvent,
  facts: Facts,
  plan: WavePlan,
  now: Date,
  newAlertId: () => string,
): Judged {
  const { verdict } = event;
  const before = [...verdict.trace];
  const isTrigger = event.action === "trigger";
  if (isTrigger && verdict.drop !== null) {
    return { event, decision: { kind: "drop" }, trace: before, alertId: null };
  }
  const open = facts.open.get(event.key) ?? null;
  const closed = isTrigger && open === null ? facts.closed(event) : null;
  if (closed !== null) {
    const trace = [...before, { step: "service", outcome: "dropped", because: closed }];
    return { event, decision: { kind: "drop" }, trace, alertId: null };
  }
  const { decision, trace } = decideAlert(
    open,
    verdict.event,
    now,
    facts.reopen.get(event.key) ?? null,
    event.occurrences,
  );
  const alertId = apply(event, decision, open, facts, plan, newAlertId, now);
  const lifted = decision.kind === "count" && open !== null ? lift(event, open, facts, plan, now) : [];
  return { event, decision, trace: [...before, ...trace, ...lifted], alertId };
}

/** Lets an alert go that was held back, where this repetition of it is not. */
function lift(
  event: PendingEvent,
  open: OpenAlertFacts,
  facts: Facts,
  plan: WavePlan,
  now: Date,
): TraceStep[] {
  const hold = holdOf(event.verdict, now);
  if (open.hold === null || !lifts(open.hold, { action: event.action, hold })) return [];
  const { terms } = event.verdict;
  const fresh = plan.created.get(open.alertId);
  if (fresh) Object.assign(fresh, { hold: null, verdict: { ...fresh.verdict, terms } });
  else plan.lifted.set(open.alertId, { alertId: open.alertId, key: event.key, terms });
  const known = facts.open.get(event.key);
  if (known) facts.open.set(event.key, { ...known, hold: null });
  const because = `The alert was ${open.hold.kind}; rules don't hold this event back, so its incident opens`;
  return [{ step: "hold", outcome: "let go", because }];
}

/** Takes a decision into the plan; answers the alert it is about. */
function apply(
  event: PendingEvent,
  decision: AlertDecision,
  open: OpenAlertFacts | null,
  facts: Facts,
  plan: WavePlan,
  newAlertId: () => string,
  now: Date,
): string | null {
  const { integrationId } = event;
  switch (decision.kind) {
    case "create":
      return create(event, decision, facts, plan, newAlertId(), now);
    case "count":
      count(event, decision, open, facts, plan);
      return decision.alertId;
    case "acknowledge":
      plan.acknowledged.push({ incidentId: decision.incidentId, integrationId });
      return decision.alertId;
    case "resolve":
      facts.open.delete(event.key);
      plan.resolvedAlerts.push({ alertId: decision.alertId, incidentId: decision.incidentId, integrationId });
      return decision.alertId;
    case "drop":
      return open?.alertId ?? null;
  }
}

function create(
  event: PendingEvent,
  decision: Extract<AlertDecision, { kind: "create" }>,
  facts: Facts,
  plan: WavePlan,
  alertId: string,
  now: Date,
): string {
  const lastFiredAt = decision.event.timestamp === null ? null : new Date(decision.event.timestamp);
  const { severity } = decision.event;
  const hold = holdOf(event.verdict, now);
  plan.created.set(alertId, {
    alertId,
    key: event.key,
    integrationId: event.integrationId,
    event: decision.event,
    receivedAt: event.receivedAt,
    occurrenceCount: event.occurrences,
    lastFiredAt,
    lastSeenAt: event.receivedAt,
    severity,
    reopens: decision.reopens,
    hold,
    verdict: event.verdict,
  });
  facts.open.set(event.key, {
    alertId,
    incidentId: null,
    hold,
    severity,
    occurrenceCount: event.occurrences,
    lastFiredAt,
    lastSeenAt: event.receivedAt,
  });
  return alertId;
}

function count(
  event: PendingEvent,
  decision: Extract<AlertDecision, { kind: "count" }>,
  open: OpenAlertFacts | null,
  facts: Facts,
  plan: WavePlan,
): void {
  const trigger = event.verdict.event;
  if (open === null || trigger.action !== "trigger") return;
  const lastFiredAt = decision.isNewest && trigger.timestamp ? new Date(trigger.timestamp) : open.lastFiredAt;
  const severity = decision.isNewest ? trigger.severity : open.severity;
  const seen = { occurrenceCount: decision.occurrenceCount, lastSeenAt: event.receivedAt };
  facts.open.set(event.key, { ...open, ...seen, severity, lastFiredAt });
  const fresh = plan.created.get(open.alertId);
  if (fresh) {
    // As for an alert that is open already: the title stays, the details follow the newest trigger.
    const event = decision.isNewest ? { ...fresh.event, customDetails: trigger.customDetails } : fresh.event;
    Object.assign(fresh, { ...seen, severity, lastFiredAt, event });
    return;
  }
  const before = plan.counted.get(open.alertId);
  const newest = decision.isNewest ? trigger : (before?.newest ?? null);
  plan.counted.set(open.alertId, { alertId: open.alertId, ...seen, newest });
}
