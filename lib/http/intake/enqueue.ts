import { parseChangeEvent } from "#lib/events/change-event";
import {
  accepted,
  acceptedChange,
  acceptedV1,
  invalidEvent,
  notJson,
  throttled,
  throttledV1,
  unknownRoutingKey,
} from "#lib/events/enqueue-answer";
import type { EnqueueAnswer } from "#lib/events/enqueue-answer";
import { readJson } from "#lib/events/json";
import { parseEnqueueV1 } from "#lib/events/enqueue-v1";
import { parseEnqueueV2 } from "#lib/events/enqueue-v2";
import { inboxRow } from "#lib/events/commands/inbox-row";
import { acceptEntry, integrationOf } from "#lib/http/intake/accept";
import type { Acceptance } from "#lib/http/intake/accept";
import { failed, known, unavailable } from "#lib/http/intake/answer";
import type { IntakeAnswer } from "#lib/http/intake/answer";
import { newId } from "#lib/ids";

/** Answers `POST /v2/enqueue` (Events API v2). */
export async function enqueueV2(text: string): Promise<IntakeAnswer> {
  const body = readJson(text);
  if (body === null) return refused(notJson());
  const parsed = parseEnqueueV2(body.value);
  if (parsed.kind === "invalid") return refused(invalidEvent(parsed.errors));
  const integration = await integrationOf(parsed.routingKey);
  if (integration === "unavailable") return unavailable();
  if (!integration) return refused(unknownRoutingKey());
  const row = inboxRow(integration.integrationId, "events_v2", parsed.event);
  const acceptance = await acceptEntry(integration.integrationId, { events: [row] });
  return answerTo(acceptance, () => accepted(row.dedupKey), throttled);
}

/** Answers `POST /generic/2010-04-15/create_event.json` (Events API v1). */
export async function enqueueV1(text: string): Promise<IntakeAnswer> {
  const body = readJson(text);
  if (body === null) return refused(notJson());
  const parsed = parseEnqueueV1(body.value);
  if (parsed.kind === "invalid") return refused(invalidEvent(parsed.errors));
  const integration = await integrationOf(parsed.serviceKey);
  if (integration === "unavailable") return unavailable();
  if (!integration) return refused(unknownRoutingKey());
  const { event } = parsed;
  const source = event.client ?? integration.serviceName;
  const row = inboxRow(integration.integrationId, "events_v1", { ...event, source });
  const acceptance = await acceptEntry(integration.integrationId, { events: [row] });
  return answerTo(acceptance, () => acceptedV1(row.dedupKey), throttledV1);
}

/** Answers `POST /v2/change/enqueue`. */
export async function enqueueChange(text: string): Promise<IntakeAnswer> {
  const body = readJson(text);
  if (body === null) return refused(notJson());
  const parsed = parseChangeEvent(body.value);
  if (parsed.kind === "invalid") return refused(invalidEvent(parsed.errors));
  const integration = await integrationOf(parsed.routingKey);
  if (integration === "unavailable") return unavailable();
  if (!integration) return refused(unknownRoutingKey());
  const { integrationId, serviceId } = integration;
  const { summary, source, timestamp, customDetails, links, images } = parsed.change;
  const row = { id: newId(), integrationId, serviceId, summary, source, at: timestamp };
  const acceptance = await acceptEntry(integrationId, {
    changes: [{ ...row, customDetails, links, images }],
  });
  return answerTo(acceptance, acceptedChange, throttled);
}

function refused(answer: EnqueueAnswer): IntakeAnswer {
  return known(answer, "refused");
}

function answerTo(
  acceptance: Acceptance,
  success: () => EnqueueAnswer,
  tooFast: (retryAfterSeconds: number) => EnqueueAnswer,
): IntakeAnswer {
  switch (acceptance.kind) {
    case "written":
      return known(success(), "accepted");
    case "throttled":
      return known(tooFast(acceptance.retryAfterSeconds), "throttled");
    case "unavailable":
      return unavailable();
    case "failed":
      return failed();
  }
}
