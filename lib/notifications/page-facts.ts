import type { IncidentStatus, Urgency } from "#lib/incidents/vocabulary";
import { clockText, durationText } from "#lib/notifications/clock-text";
import { inertLine } from "#lib/notifications/inert";
import type { Channel, Notice, PageReason } from "#lib/notifications/vocabulary";

export type PageIncident = {
  id: string;
  number: number;
  title: string;
  body: string | null;
  status: IncidentStatus;
  urgency: Urgency;
  /** Name of the priority, P1…, where it has one. */
  priority: string | null;
  createdAt: Date;
  serviceName: string;
  teamName: string | null;
  /** The service wants what happened left out of texts and calls. */
  detailsWithheld: boolean;
  /** What to do about it, kept by the service. */
  runbookUrl: string | null;
};

/**
 * Everything a message to one person says, whatever the channel: about an incident, or else a notice, or else it is a test. About several
 * incidents it is a notice whose link acknowledges them all.
 */
export type PageFacts = {
  deliveryId: string;
  pageId: string;
  channel: Channel;
  incident: PageIncident | null;
  notice: Notice | null;
  /** The incidents of a message about several, else none. */
  bundle: readonly PageIncident[];
  /** Who asks them to join, and what for; null unless that is the reason. */
  asked: string | null;
  urgency: Urgency;
  reason: PageReason;
  level: number | null;
  person: { id: string; name: string; timeZone: string };
  /** Who gets it next, and when, if nobody acknowledges. */
  nextConsequence: { at: Date; to: string } | null;
  /** When this send stops being of use. */
  expiresAt: Date;
  /** The instant of the message. */
  at: Date;
  links: { open: string; oneTap: string; settings: string };
};

export const MAX_TITLE = 200;

/** `P1`, or `HIGH` where there is no priority: what decides how fast to get up. */
export function rankWord(incident: Pick<PageIncident, "priority" | "urgency">): string {
  return incident.priority ?? incident.urgency.toUpperCase();
}

/** `#1042 checkout-api: Checkout 5xx above 4 %`. */
export function headline(incident: PageIncident): string {
  const service = inertLine(incident.serviceName, 60);
  return `#${incident.number} ${service}: ${inertLine(incident.title, MAX_TITLE)}`;
}

// `@`: where the level goes.
const REASONS: Partial<Record<PageReason, string>> = {
  assigned: "You are on call for it@.",
  escalated: "It was escalated to you@.",
  reassigned: "It was handed to you.",
  unacknowledged: "Its acknowledgement ran out or was taken back.",
  reopened: "It was reopened.",
  urgency_raised: "Its urgency was raised to high.",
  fallback: "Nobody is on call for it; you are the fallback.",
  handoff: "Your shift began while it is open@.",
  told: "You are told of it@: acknowledge it if you take it, others have it too.",
  nobody_answered: "Everybody on its escalation policy was paged and nobody answered.",
  requested: "You are asked to join.",
  changed: "Somebody else changed an incident of yours.",
  status_update: "Somebody wrote how an incident stands that you take part in.",
  test: "You asked for a test.",
};

/** Why this person, in one sentence. */
export function reasonSentence({
  reason,
  level,
  asked,
}: Pick<PageFacts, "reason" | "level"> & { asked?: string | null }): string {
  if (reason === "requested" && asked) return asked;
  const sentence = REASONS[reason] ?? "You are told by your notification rules.";
  return sentence.replace("@", level === null ? "" : ` (level ${level})`);
}

/** What the one-tap link of a message does, as its button says it. */
export function answerLabel({ reason, bundle }: Pick<PageFacts, "reason" | "bundle">): string {
  if (reason === "requested") return "Join or decline";
  return bundle.length > 0 ? `Acknowledge all ${bundle.length}` : "Acknowledge";
}

/** What happens if nobody acts: `Escalates to Ben at 03:18 (in 4 m 0 s) unless someone acknowledges.` */
export function nextSentence({ nextConsequence, at, person }: PageFacts): string | null {
  if (!nextConsequence) return null;
  const { at: when, to } = nextConsequence;
  const name = inertLine(to, 120);
  const left = when.getTime() - at.getTime();
  if (left <= 0) return `Escalates to ${name} now unless someone acknowledges.`;
  return `Escalates to ${name} at ${clockText(when, person.timeZone)} (in ${durationText(left)}) unless someone acknowledges.`;
}

/** `Triggered 03:11:52, 2 m 15 s ago.` */
export function ageSentence(incident: PageIncident, { at, person }: PageFacts): string {
  const age = durationText(at.getTime() - incident.createdAt.getTime());
  return `Triggered ${clockText(incident.createdAt, person.timeZone, "second")} (${person.timeZone}), ${age} ago.`;
}

/** `checkout-api · Payments · high urgency`. */
export function placeLine(incident: PageIncident): string {
  return [incident.serviceName, incident.teamName, `${incident.urgency} urgency`]
    .flatMap((part) => (part === null ? [] : [inertLine(part, 100)]))
    .join(" · ");
}
