import { throttled, unknownRoutingKey, invalidEvent } from "#lib/events/enqueue-answer";
import { sourceAdapter } from "#lib/events/queries/source-adapter";
import type { MappingInForce } from "#lib/events/queries/source-adapter";
import { routingKeyErrors } from "#lib/events/routing-key";
import { parseSource } from "#lib/events/sources/parse-source";
import type { JsonValue } from "#lib/events/json";
import type { ParsedPayload, SourceAdapter } from "#lib/events/sources/source";
import { storableText } from "#lib/events/storable-text";
import type { InboxRow, UnreadRow } from "#lib/events/commands/write-inbox";
import { inboxRow } from "#lib/events/commands/inbox-row";
import { acceptEntry, integrationOf } from "#lib/http/intake/accept";
import { failed, known, unavailable, unknownSource } from "#lib/http/intake/answer";
import type { IntakeAnswer } from "#lib/http/intake/answer";
import { confirmSubscription } from "#lib/http/intake/confirm-subscription";
import { newId } from "#lib/ids";
import { log } from "#lib/log";
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
 * Answers a message to `/integrations/<source>/<key>`. What arrives under a valid key is never thrown away: what the source's adapter does not
 * understand is stored to be looked at and replayed, and the sender is told what it was.
 */
export async function receiveFromSource(request: SourceRequest): Promise<IntakeAnswer> {
  if (!sourceAdapter(request.source, null)) return unknownSource(request.source);
  const errors = routingKeyErrors(request.key);
  if (errors.length > 0) return known(invalidEvent(errors), "refused");
  const integration = await integrationOf(request.key);
  if (integration === "unavailable") return unavailable();
  if (!integration) return known(unknownRoutingKey(), "refused");
  const adapter = sourceAdapter(request.source, mappingOf(integration));
  return adapter ? receive(request, adapter, integration) : unknownSource(request.source);
}

function mappingOf({ integrationId, mappingVersion, mapping }: IntegrationOfKey): MappingInForce | null {
  return mapping === null ? null : { integrationId, version: mappingVersion, mapping };
}

async function receive(
  request: SourceRequest,
  adapter: SourceAdapter,
  integration: IntegrationOfKey,
): Promise<IntakeAnswer> {
  const parsed = parseSource(adapter, request);
  const reading =
    parsed.kind === "confirmation"
      ? await confirm(request, integration, parsed.message)
      : read(request, integration, parsed);
  if (reading === "try again") return unavailable();
  const { events, unread, rejected, ignored } = reading;
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

/** Nothing is stored for a subscription that was confirmed. */
async function confirm(
  request: SourceRequest,
  integration: IntegrationOfKey,
  message: JsonValue,
): Promise<Reading | "try again"> {
  const confirmation = await confirmSubscription(message);
  if (confirmation.kind === "confirmed") return { events: [], unread: [], rejected: [], ignored: 0 };
  const { kind, reason } = confirmation;
  log().warn({ source: request.source, reason }, "a subscription was not confirmed");
  return kind === "failed" ? "try again" : unreadWhole(request, integration, reason);
}

function unreadWhole(request: SourceRequest, integration: IntegrationOfKey, reason: string): Reading {
  const { contentType, text } = request;
  const type = contentType === null ? null : storableText(contentType);
  const unread = [unreadRow(request, integration, { body: storableText(text), contentType: type, reason })];
  return { events: [], unread, rejected: [{ index: 0, reason }], ignored: 0 };
}

function unreadRow(
  { source }: SourceRequest,
  { integrationId }: IntegrationOfKey,
  row: Pick<UnreadRow, "body" | "contentType" | "reason">,
): UnreadRow {
  return { id: newId(), integrationId, source, ...row };
}

function read(
  request: SourceRequest,
  integration: IntegrationOfKey,
  parsed: Exclude<ParsedPayload, { kind: "confirmation" }>,
): Reading {
  const { source } = request;
  if (parsed.kind === "unrecognised") return unreadWhole(request, integration, parsed.reason);
  return {
    events: parsed.events.map(({ event, raw }) => {
      const warnings = [...event.warnings, ...parsed.warnings];
      return inboxRow(integration.integrationId, source, { ...event, warnings }, raw);
    }),
    unread: parsed.rejected.map(({ payload, reason }) =>
      unreadRow(request, integration, {
        body: JSON.stringify(payload),
        contentType: "application/json",
        reason,
      }),
    ),
    rejected: parsed.rejected.map(({ index, reason }) => ({ index, reason })),
    ignored: parsed.ignored.length,
  };
}
