import { queryOptions } from "@tanstack/react-query";
import { callApi } from "#lib/browser/api";
import type { ReplayAllResult } from "#lib/events/commands/replay-intake-errors";
import type { ReplayResult } from "#lib/events/commands/replay-intake-error";
import type { ChangeBeforeDto, ChangeEventDto } from "#lib/events/queries/change-events";
import type { EventDto, EventPage } from "#lib/events/queries/events";
import type { IntakeErrorDto } from "#lib/events/queries/intake-errors";
import type { MappingDto, StoredMessage } from "#lib/events/queries/json-mapping";
import type { MappingTrial, TriedItem } from "#lib/events/queries/try-mapping";
import type { PublishMappingInput, TryMappingInput } from "#lib/events/schemas";

// What browser code knows of the answers; the queries themselves stay on the server.
export type ReceivedEvent = EventDto;
export type IntakeError = IntakeErrorDto;
export type ServiceChangeEvent = ChangeEventDto;
export type ChangeBefore = ChangeBeforeDto;
export type MappingOfIntegration = MappingDto;
export type MessageToTry = StoredMessage;
export type JsonTrial = MappingTrial;
export type JsonTriedItem = TriedItem;

/** The last events of an integration with their decision traces, newest first. */
export function integrationEventsOptions(integrationId: string) {
  return queryOptions({
    queryKey: ["integrations", integrationId, "events"],
    queryFn: ({ signal }) =>
      callApi<EventPage>("GET", `/api/ui/integrations/${integrationId}/events?limit=20`, undefined, signal),
  });
}

/** Sends a critical event the whole real way; its key leads to what becomes of it. */
export function sendTestEvent(integrationId: string) {
  return callApi<{ dedupKey: string }>("POST", `/api/ui/integrations/${integrationId}/test-event`);
}

/** Goes on until all that was there has been read once more. */
export async function replayAllIntakeErrors(): Promise<Omit<ReplayAllResult, "nextAfter">> {
  const sum = { tried: 0, understood: 0, accepted: 0 };
  let after: string | null = "";
  while (after !== null) {
    const part: ReplayAllResult = await callApi("POST", "/api/ui/intake-errors/replay", { after });
    sum.tried += part.tried;
    sum.understood += part.understood;
    sum.accepted += part.accepted;
    after = part.nextAfter;
  }
  return sum;
}

export function replayIntakeError(errorId: string) {
  return callApi<ReplayResult>("POST", `/api/ui/intake-errors/${errorId}/replay`);
}

/** What a draft would make of a message. */
export function mappingTrialOptions(integrationId: string, draft: TryMappingInput) {
  return queryOptions({
    queryKey: ["integrations", integrationId, "mapping", "trial", draft],
    queryFn: ({ signal }) =>
      callApi<MappingTrial>("POST", `/api/ui/integrations/${integrationId}/mapping/try`, draft, signal),
  });
}

/** Puts a mapping in force. Throws ApiProblem with status 409 when somebody else published meanwhile. */
export function publishJsonMapping({ integrationId, ...input }: PublishMappingInput) {
  return callApi<{ version: number }>("PUT", `/api/ui/integrations/${integrationId}/mapping`, input);
}
