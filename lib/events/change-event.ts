import { readImages, readLinks } from "#lib/events/attachments";
import type { EventImage, EventLink } from "#lib/events/event";
import { readDetails, readLabel, readSummary, readTimestamp } from "#lib/events/event-fields";
import type { Warnings } from "#lib/events/event-fields";
import { isObject } from "#lib/events/json";
import type { JsonObject } from "#lib/events/json";
import { routingKeyErrors } from "#lib/events/routing-key";

/** Something was deployed or configured: shown beside incidents, never notifies anybody. */
export interface ChangeEvent {
  summary: string;
  source: string | null;
  /** ISO 8601 in UTC; null when the sender states none. */
  timestamp: string | null;
  customDetails: JsonObject;
  links: EventLink[];
  images: EventImage[];
  warnings: string[];
}

export type ParsedChange =
  | { kind: "change"; routingKey: string; change: ChangeEvent }
  | { kind: "invalid"; errors: string[] };

/** Keys of rule sets begin with R; a change belongs to a service. */
const RULE_SET_KEY = /^R/;

/** Reads the body of `POST /v2/change/enqueue`. */
export function parseChangeEvent(body: unknown): ParsedChange {
  if (!isObject(body)) return { kind: "invalid", errors: ["Event must be a JSON object"] };
  const warnings: Warnings = [];
  const routingKey = body.routing_key;
  const errors = routingKeyErrors(routingKey);
  if (errors.length === 0 && RULE_SET_KEY.test(String(routingKey))) {
    errors.push("'routing_key' must be the key of an integration on a service");
  }
  const given = body.payload ?? {};
  const payload = isObject(given) ? given : {};
  if (!isObject(given)) errors.push("'payload' must be a JSON object");
  const summary = readSummary(payload.summary, "payload.summary", warnings);
  if (summary === null) errors.push("'payload.summary' is missing or blank");
  if (errors.length > 0 || summary === null) return { kind: "invalid", errors };
  const change: ChangeEvent = {
    summary,
    source: readLabel(payload, "source", "payload.source", warnings),
    timestamp: readTimestamp(payload.timestamp, "payload.timestamp", warnings),
    customDetails: readDetails(payload.custom_details, "payload.custom_details", warnings),
    links: readLinks(body.links, warnings),
    images: readImages(body.images, warnings),
    warnings,
  };
  return { kind: "change", routingKey: String(routingKey), change };
}
