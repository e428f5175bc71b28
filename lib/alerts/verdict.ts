import type { EventAction, NormalisedEvent } from "#lib/events/event";
import type { TraceStep } from "#lib/events/trace";
import type { Urgency } from "#lib/incidents/vocabulary";

/** What the incident of an alert gets, instead of what its service would give it. Null leaves it to the service. */
export type IncidentTerms = {
  urgency: Urgency | null;
  priorityId: string | null;
  policyId: string | null;
  /** Become notes on the incident. */
  notes: readonly string[];
};

/** Who can hold an alert back for a time. */
export const PAUSED_BY = ["rules", "auto_pause", "flapping", "maintenance"] as const;
export type PausedBy = (typeof PAUSED_BY)[number];

/** Why a new alert gets no incident now: never (suppressed), or not before an instant (paused), unless its source ends it first. */
export type Hold =
  | { kind: "suppressed"; because: string }
  | { kind: "paused"; by: PausedBy; until: Date; because: string };

/** What rules decided about an event before it is deduplicated. */
export type RuleVerdict = {
  /** As the rules rewrote it; the inbox keeps what came in. */
  event: NormalisedEvent;
  /** The key that it counts under: the event's own, or one that a rule made. */
  dedupKey: string;
  /** The service it was routed to; null: that of its integration. */
  serviceId: string | null;
  /** Why it goes no further; null: it does. Only triggers are dropped: what is open can always be ended. */
  drop: string | null;
  /** Why its alert is kept without an incident; null: it isn't. */
  suppress: string | null;
  /** Its alert's incident opens after this time, unless it is resolved before; null: at once. */
  pause: { seconds: number; because: string } | null;
  terms: IncidentTerms;
  tags: readonly string[];
  trace: readonly TraceStep[];
};

export const NO_TERMS: IncidentTerms = { urgency: null, priorityId: null, policyId: null, notes: [] };

/** The verdict on an event that no rule says anything about. */
export function untouched(event: NormalisedEvent, dedupKey: string): RuleVerdict {
  return {
    event,
    dedupKey,
    serviceId: null,
    drop: null,
    suppress: null,
    pause: null,
    terms: NO_TERMS,
    tags: [],
    trace: [],
  };
}

/** How a verdict holds a new alert back; suppressing wins over pausing. Null: it doesn't. */
export function holdOf(verdict: Pick<RuleVerdict, "suppress" | "pause">, now: Date): Hold | null {
  if (verdict.suppress !== null) return { kind: "suppressed", because: verdict.suppress };
  if (verdict.pause === null) return null;
  const { seconds, because } = verdict.pause;
  return { kind: "paused", by: "rules", until: new Date(now.getTime() + seconds * 1000), because };
}

/**
 * Whether a repetition ends what holds its alert back: what rules suppressed or paused is let go by an event that they don't hold.
 * Pauses of others end by their own judgement.
 */
export function lifts(hold: Hold | null, repetition: { action: EventAction; hold: Hold | null }): boolean {
  if (hold === null || repetition.action !== "trigger" || repetition.hold !== null) return false;
  return hold.kind === "suppressed" || hold.by === "rules";
}
