import { randomUUID } from "node:crypto";
import type { InboxRow } from "#lib/events/commands/write-inbox";
import type { NormalisedEvent } from "#lib/events/event";

/** An event as a row of the inbox; one without a key gets a unique one of 32 hex digits. */
export function inboxRow(integrationId: string, source: string, event: NormalisedEvent): InboxRow {
  return {
    integrationId,
    source,
    action: event.action,
    dedupKey: event.dedupKey ?? randomUUID().replaceAll("-", ""),
    json: JSON.stringify(event),
  };
}
