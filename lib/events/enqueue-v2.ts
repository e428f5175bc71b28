import { SEVERITIES } from "#lib/alerts/vocabulary";
import type { Severity } from "#lib/alerts/vocabulary";
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
  readTimestamp,
} from "#lib/events/event-fields";
import type { Warnings } from "#lib/events/event-fields";
import { isObject } from "#lib/events/json";
import { routingKeyErrors } from "#lib/events/routing-key";

export type ParsedEnqueue =
  | { kind: "event"; routingKey: string; event: NormalisedEvent }
  | { kind: "invalid"; errors: string[] };

const ACTION_INVALID =
  "'event_action' is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')";
const SEVERITY_INVALID =
  "'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')";
const KEY_TOO_LONG = `Length of 'dedup_key' is incorrect (should be at most ${MAX_DEDUP_KEY_LENGTH} characters)`;

/**
 * Reads the body of `POST /v2/enqueue` (Events API v2). What makes an event unusable is refused, all of it in one list;
 * anything else that is wrong is repaired or left out with a warning on the event.
 */
export function parseEnqueueV2(body: unknown): ParsedEnqueue {
  if (!isObject(body)) return { kind: "invalid", errors: ["Event must be a JSON object"] };
  const errors = routingKeyErrors(body.routing_key);
  const warnings: Warnings = [];
  const action = readAction(body.event_action, errors);
  const dedupKey = readDedupKey(body.dedup_key, "dedup_key", warnings);
  if (dedupKey !== null && isTooLongDedupKey(dedupKey)) errors.push(KEY_TOO_LONG);
  const event =
    action === "trigger"
      ? readTrigger(body, dedupKey, errors, warnings)
      : action && readFollowUp(body, action, dedupKey, errors, warnings);
  if (errors.length > 0 || !event) return { kind: "invalid", errors };
  return { kind: "event", routingKey: String(body.routing_key), event };
}

function readAction(value: unknown, errors: string[]): EventAction | null {
  const text = plainText(value);
  if (text === null) {
    errors.push("'event_action' is missing or blank");
    return null;
  }
  const action = EVENT_ACTIONS.find((word) => word === text) ?? null;
  if (action === null) errors.push(ACTION_INVALID);
  return action;
}

function readTrigger(
  body: Record<string, unknown>,
  dedupKey: string | null,
  errors: string[],
  warnings: Warnings,
): NormalisedEvent | null {
  const given = body.payload ?? {};
  const payload = isObject(given) ? given : {};
  if (!isObject(given)) errors.push("'payload' must be a JSON object");
  const summary = readSummary(payload.summary, "payload.summary", warnings);
  const source = readLabel(payload, "source", "payload.source", warnings);
  if (summary === null) errors.push("'payload.summary' is missing or blank");
  if (source === null) errors.push("'payload.source' is missing or blank");
  const severity = readSeverity(payload.severity, errors, warnings);
  if (summary === null || source === null || severity === null) return null;
  return {
    action: "trigger",
    dedupKey,
    summary,
    source,
    severity,
    ...readFacts(body, payload, warnings),
    warnings,
  };
}

/** The payload of a follow-up is optional and may hold anything: Alertmanager repeats the trigger's. */
function readFollowUp(
  body: Record<string, unknown>,
  action: "acknowledge" | "resolve",
  dedupKey: string | null,
  errors: string[],
  warnings: Warnings,
): NormalisedEvent | null {
  if (dedupKey === null) {
    errors.push("'dedup_key' is missing or blank");
    return null;
  }
  const given = body.payload;
  const payload = isObject(given) ? given : {};
  const severity = payload.severity;
  return {
    action,
    dedupKey,
    summary: readSummary(payload.summary, "payload.summary", warnings) ?? "",
    source: readLabel(payload, "source", "payload.source", warnings) ?? "",
    severity: SEVERITIES.find((word) => word === severity) ?? null,
    ...readFacts(body, payload, warnings),
    warnings,
  };
}

/** Capitals are let through, since a refused severity is a page nobody gets. */
function readSeverity(value: unknown, errors: string[], warnings: Warnings): Severity | null {
  const text = plainText(value);
  if (text === null) {
    errors.push("'payload.severity' is missing or blank");
    return null;
  }
  const word = text.trim().toLowerCase();
  const severity = SEVERITIES.find((known) => known === word) ?? null;
  if (severity === null) errors.push(SEVERITY_INVALID);
  else if (severity !== text) warnings.push(`'payload.severity' was taken as '${severity}'`);
  return severity;
}

function readFacts(body: Record<string, unknown>, payload: Record<string, unknown>, warnings: Warnings) {
  return {
    timestamp: readTimestamp(payload.timestamp, "payload.timestamp", warnings),
    component: readLabel(payload, "component", "payload.component", warnings),
    group: readLabel(payload, "group", "payload.group", warnings),
    class: readLabel(payload, "class", "payload.class", warnings),
    customDetails: readDetails(payload.custom_details, "payload.custom_details", warnings),
    links: readLinks(body.links, warnings),
    images: readImages(body.images, warnings),
    client: readLabel(body, "client", "client", warnings),
    clientUrl: readUrl(body.client_url, "client_url", warnings),
  };
}
