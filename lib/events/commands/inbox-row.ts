import { randomUUID } from "node:crypto";
import type { InboxRow } from "#lib/events/commands/write-inbox";
import { MAX_RAW_LENGTH } from "#lib/events/event";
import type { NormalisedEvent } from "#lib/events/event";
import type { JsonValue } from "#lib/events/json";

/**
 * An event as a row of the inbox; one without a key gets a unique one of 32 hex digits. `raw` is the storable part of the message
 * that it was read from, if it is to be kept; beyond `MAX_RAW_LENGTH` it is not.
 */
export function inboxRow(
  integrationId: string,
  source: string,
  event: NormalisedEvent,
  raw: JsonValue = null,
): InboxRow {
  const rawText = raw === null ? null : JSON.stringify(raw);
  return {
    integrationId,
    source,
    action: event.action,
    dedupKey: event.dedupKey ?? randomUUID().replaceAll("-", ""),
    json: JSON.stringify(event),
    raw: rawText !== null && rawText.length <= MAX_RAW_LENGTH ? rawText : null,
    occurrences: 1,
  };
}
