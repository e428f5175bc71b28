import type { Severity } from "#lib/alerts/vocabulary";
import type { NormalisedEvent } from "#lib/events/event";
import type { JsonValue } from "#lib/events/json";

/** What comes after these in one request is rejected as one item, so that the list of errors keeps it. */
export const MAX_EVENTS_PER_REQUEST = 1000;

export interface SourceContext {
  /** Request headers with lower-case names. */
  headers: Readonly<Record<string, string>>;
  /** The integration's severity for events that carry none or one that is not understood. */
  defaultSeverity: Severity;
}

interface ParsedEvent {
  event: NormalisedEvent;
  /** Position in the request's list of alerts, from 0. */
  index: number;
  /** A storable body that the same adapter takes, holding just what this event was read from. */
  raw: JsonValue;
}

export interface RejectedItem {
  index: number;
  reason: string;
  /** A storable body that the same adapter takes, holding just what was rejected, to be looked at and replayed. */
  payload: JsonValue;
}

/** Understood, and deliberately not an event: a paused rule, a pending state. */
interface IgnoredItem {
  index: number;
  reason: string;
}

export interface ParsedEvents {
  kind: "events";
  events: ParsedEvent[];
  rejected: RejectedItem[];
  ignored: IgnoredItem[];
  /** About the request as a whole. */
  warnings: string[];
}

interface UnrecognisedPayload {
  kind: "unrecognised";
  reason: string;
}

/** The sender wants its subscription confirmed before it sends anything; `message` is the whole body. */
interface ConfirmationRequest {
  kind: "confirmation";
  message: JsonValue;
}

export type ParsedPayload = ParsedEvents | UnrecognisedPayload | ConfirmationRequest;

/**
 * Turns what one kind of monitor sends into events. One request may hold many; each is judged alone. Never throws,
 * whatever the payload: an answer that is not understood is a value with a reason.
 */
export interface SourceAdapter {
  /** The word in the address: `/integrations/<source>/<key>`. */
  source: string;
  parse(payload: unknown, context: SourceContext): ParsedPayload;
  /** Reads a body that is no JSON and yet this source's; null where it can't be made out either. */
  readText?: (text: string) => unknown;
  /** Whether an address with everything in its query is a message, also by GET. */
  takesQuery?: boolean;
}
