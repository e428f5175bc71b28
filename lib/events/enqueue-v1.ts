import { readImages, readLinks, readUrl } from "#lib/events/attachments";
import { EVENT_ACTIONS, MAX_DEDUP_KEY_LENGTH } from "#lib/events/event";
import type { EventAction, NormalisedEvent } from "#lib/events/event";
import {
  isTooLongDedupKey,
  plainText,
  readDedupKey,
  readDetails,
  readLabel,
  readSummary,
} from "#lib/events/event-fields";
import type { Warnings } from "#lib/events/event-fields";
import { isObject } from "#lib/events/json";
import { ROUTING_KEY_LENGTH } from "#lib/events/routing-key";

export type ParsedEnqueueV1 =
  | { kind: "event"; serviceKey: string; event: NormalisedEvent }
  | { kind: "invalid"; errors: string[] };

const KEY_TOO_LONG = `Incident key is too long (should be at most ${MAX_DEDUP_KEY_LENGTH} characters)`;
const ACTION_INVALID = "event_type is invalid (must be one of: trigger acknowledge resolve)";
const SERVICE_KEY = /^[0-9A-Za-z]+$/;

/**
 * Reads the body of `POST /generic/2010-04-15/create_event.json` (Events API v1). Version 1 has no severity and no source:
 * the severity is critical, the source is the client, else `fallbackSource` (the service's name). Fields of version 2 that
 * Alertmanager also sends are passed over.
 */
export function parseEnqueueV1(body: unknown, fallbackSource = "Events API v1"): ParsedEnqueueV1 {
  if (!isObject(body)) return { kind: "invalid", errors: ["Event must be a JSON object"] };
  const warnings: Warnings = [];
  const serviceKey = body.service_key;
  const errors = serviceKeyErrors(serviceKey);
  const action = readAction(body.event_type, errors);
  const dedupKey = readDedupKey(body.incident_key, "incident_key", warnings);
  if (dedupKey !== null && isTooLongDedupKey(dedupKey)) errors.push(KEY_TOO_LONG);
  const summary = readSummary(body.description, "description", warnings);
  const event = action && judge({ action, dedupKey, summary, errors });
  if (errors.length > 0 || !event) return { kind: "invalid", errors };
  const facts = readFacts(body, warnings);
  const source = facts.client ?? fallbackSource;
  return { kind: "event", serviceKey: String(serviceKey), event: { ...event, ...facts, source, warnings } };
}

function serviceKeyErrors(value: unknown): string[] {
  if (typeof value !== "string" || value.trim() === "") return ["Service key is missing or blank"];
  const errors: string[] = [];
  if (value.length !== ROUTING_KEY_LENGTH) {
    errors.push("Service key is the wrong length (should be 32 characters)");
  }
  if (!SERVICE_KEY.test(value)) errors.push("Service key cannot contain non-alphanumeric characters");
  return errors;
}

function readAction(value: unknown, errors: string[]): EventAction | null {
  const text = plainText(value);
  const action = EVENT_ACTIONS.find((word) => word === text) ?? null;
  if (action === null) errors.push(text === null ? "event_type is missing or blank" : ACTION_INVALID);
  return action;
}

function judge(read: {
  action: EventAction;
  dedupKey: string | null;
  summary: string | null;
  errors: string[];
}) {
  const { action, dedupKey, summary, errors } = read;
  if (action === "trigger") {
    if (summary === null) errors.push("Description is missing or blank");
    return summary === null ? null : { action, dedupKey, summary, severity: "critical" as const };
  }
  if (dedupKey === null) errors.push("Incident key is missing or blank");
  return dedupKey === null ? null : { action, dedupKey, summary: summary ?? "", severity: null };
}

function readFacts(body: Record<string, unknown>, warnings: Warnings) {
  const contexts = readContexts(body.contexts, warnings);
  return {
    timestamp: null,
    component: null,
    group: null,
    class: null,
    customDetails: readDetails(body.details, "details", warnings),
    links: readLinks(contexts.links, warnings),
    images: readImages(contexts.images, warnings),
    client: readLabel(body, "client", "client", warnings),
    clientUrl: readUrl(body.client_url, "client_url", warnings),
  };
}

function readContexts(value: unknown, warnings: Warnings) {
  const contexts: unknown[] = Array.isArray(value) ? value : [];
  const typeOf = (context: unknown) => (isObject(context) ? context.type : undefined);
  const links = contexts.filter((context) => typeOf(context) === "link");
  const images = contexts.filter((context) => typeOf(context) === "image");
  if (links.length + images.length < contexts.length) {
    warnings.push("Contexts that are neither a link nor an image were left out");
  }
  return { links, images };
}
