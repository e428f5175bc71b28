import { throttled, unknownRoutingKey, invalidEvent } from "#lib/events/enqueue-answer";
import { routingKeyErrors } from "#lib/events/routing-key";
import { adapterFor } from "#lib/events/sources/adapters";
import { parseSource } from "#lib/events/sources/parse-source";
import type { SourceAdapter } from "#lib/events/sources/source";
import { storableText } from "#lib/events/storable-text";
import type { InboxRow, UnreadRow } from "#lib/events/commands/write-inbox";
import { inboxRow } from "#lib/events/commands/inbox-row";
import { acceptEntry, integrationOf } from "#lib/http/intake/accept";
import { failed, known, unavailable, unknownSource } from "#lib/http/intake/answer";
import type { IntakeAnswer } from "#lib/http/intake/answer";
import { newId } from "#lib/ids";
import type { IntegrationOfKey } from "#lib/services/queries/integration-keys";

export type SourceRequest = {
  source: string;
  key: string;
  contentType: string | null;
  /** With lower-case names. */
  headers: Readonly<Record<string, string>>;
  text: string;
};

type Reading = {
  events: InboxRow[];
  unread: UnreadRow[];
  rejected: { index: number; reason: string }[];
  ignored: number;
};

/**
 * Answers `POST /integrations/<source>/<key>`. What arrives under a valid key is never thrown away: what the source's adapter does not
 * understand is stored to be looked at and replayed, and the sender is told what it was.
 */
export async function receiveFromSource(request: SourceRequest): Promise<IntakeAnswer> {
  const adapter = adapterFor(request.source);
  if (!adapter) return unknownSource(request.source);
  const errors = routingKeyErrors(request.key);
  if (errors.length > 0) return known(invalidEvent(errors), "refused");
  const integration = await integrationOf(request.key);
  if (integration === "unavailable") return unavailable();
  if (!integration) return known(unknownRoutingKey(), "refused");
  const { events, unread, rejected, ignored } = read(request, adapter, integration);
  const acceptance = await acceptEntry(integration.integrationId, { events, unread });
  switch (acceptance.kind) {
    case "written":
      return {
        status: 202,
        body: { status: "success", accepted: events.length, rejected, ignored },
        outcome: events.length > 0 || rejected.length === 0 ? "accepted" : "refused",
      };
    case "throttled":
      return known(throttled(acceptance.retryAfterSeconds), "throttled");
    case "unavailable":
      return unavailable();
    case "failed":
      return failed();
  }
}

function read(request: SourceRequest, adapter: SourceAdapter, integration: IntegrationOfKey): Reading {
  const { source, contentType, text } = request;
  const unreadOf = (body: string, type: string | null, reason: string): UnreadRow => ({
    id: newId(),
    integrationId: integration.integrationId,
    source,
    contentType: type,
    body,
    reason,
  });
  const parsed = parseSource(adapter, request);
  if (parsed.kind === "unrecognised") {
    const { reason } = parsed;
    const type = contentType === null ? null : storableText(contentType);
    const unread = [unreadOf(storableText(text), type, reason)];
    return { events: [], unread, rejected: [{ index: 0, reason }], ignored: 0 };
  }
  return {
    events: parsed.events.map(({ event }) =>
      inboxRow(integration.integrationId, source, {
        ...event,
        warnings: [...event.warnings, ...parsed.warnings],
      }),
    ),
    unread: parsed.rejected.map(({ payload, reason }) =>
      unreadOf(JSON.stringify(payload), "application/json", reason),
    ),
    rejected: parsed.rejected.map(({ index, reason }) => ({ index, reason })),
    ignored: parsed.ignored.length,
  };
}
