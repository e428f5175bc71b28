import type { Severity } from "#lib/alerts/vocabulary";
import type { JsonObject } from "#lib/events/json";

export const EVENT_ACTIONS = ["trigger", "acknowledge", "resolve"] as const;
export type EventAction = (typeof EVENT_ACTIONS)[number];

export const MAX_DEDUP_KEY_LENGTH = 255;
export const MAX_SUMMARY_LENGTH = 1024;
/** Source, component, group, class and client; keeps what is indexed and shown in lists within bounds. */
export const MAX_LABEL_LENGTH = 1024;
export const MAX_URL_LENGTH = 8192;
/** Links, and likewise images, of one event. */
export const MAX_ATTACHMENTS = 100;
/** Alertmanager and Grafana cut at 512,000 bytes, so nothing they send is refused. */
export const MAX_ENQUEUE_BYTES = 524_288;
/** Characters of the message that are kept beside the event that was read from it. */
export const MAX_RAW_LENGTH = 65_536;
export const MAX_SOURCE_PAYLOAD_BYTES = 5 * 1024 * 1024;

export interface EventLink {
  /** Always http or https. */
  href: string;
  text: string | null;
}

export interface EventImage {
  /** Always https. */
  src: string;
  href: string | null;
  alt: string | null;
}

interface EventFacts {
  /** Instant that the source states, ISO 8601 in UTC with milliseconds; null when it states none. */
  timestamp: string | null;
  component: string | null;
  group: string | null;
  class: string | null;
  customDetails: JsonObject;
  links: EventLink[];
  images: EventImage[];
  client: string | null;
  clientUrl: string | null;
  /** What the parser had to repair, leave out or guess; shown with the event. */
  warnings: string[];
}

export interface TriggerEvent extends EventFacts {
  action: "trigger";
  /** Null when the sender gave none: whoever stores the event makes a unique one. */
  dedupKey: string | null;
  /** One line, never blank. */
  summary: string;
  source: string;
  severity: Severity;
}

interface FollowUpEvent extends EventFacts {
  action: "acknowledge" | "resolve";
  dedupKey: string;
  /** Empty when the sender gave none: a follow-up is judged by its key alone. */
  summary: string;
  source: string;
  severity: Severity | null;
}

/**
 * The one shape every source is turned into. Every text in it can be stored by Postgres (no NUL, no lone surrogate),
 * is bounded in length and is plain text: never interpreted as HTML or Markdown.
 */
export type NormalisedEvent = TriggerEvent | FollowUpEvent;
