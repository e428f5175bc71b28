import { z } from "zod";
import type { intakeErrors } from "#db/schema/events";
import { EVENT_ACTIONS } from "#lib/events/event";
import type { NormalisedEvent } from "#lib/events/event";
import type { JsonValue } from "#lib/events/json";
import { sourceAdapter } from "#lib/events/queries/source-adapter";
import type { MappingInForce } from "#lib/events/queries/source-adapter";
import { parseSource } from "#lib/events/sources/parse-source";

export type IntakeErrorRow = typeof intakeErrors.$inferSelect;

/** What today's adapters make of it; `outcome` is a sentence for people. */
export type Reading = { events: { event: NormalisedEvent; raw: JsonValue }[]; outcome: string };

const CONFIRMED_ON_ARRIVAL =
  "A subscription is confirmed when its request arrives: ask Amazon SNS for another";

/** Reads what could not be understood once more; JSON by its integration's mapping, null for the default. */
export function readIntakeError(
  error: Pick<IntakeErrorRow, "source" | "contentType" | "body">,
  inForce: MappingInForce | null,
): Reading {
  if (error.source === "inbox") return readProcessed(error.body);
  const adapter = sourceAdapter(error.source, inForce);
  if (!adapter) return { events: [], outcome: `The format '${error.source}' is not known any more` };
  const { contentType, body } = error;
  const parsed = parseSource(adapter, { contentType, headers: {}, text: body });
  if (parsed.kind === "unrecognised") return { events: [], outcome: parsed.reason };
  if (parsed.kind === "confirmation") return { events: [], outcome: CONFIRMED_ON_ARRIVAL };
  const [rejected] = parsed.rejected;
  return {
    events: parsed.events,
    outcome: [
      `${parsed.events.length} accepted, ${parsed.rejected.length} rejected, ${parsed.ignored.length} ignored`,
      ...(rejected ? [rejected.reason] : []),
    ].join(": "),
  };
}

/** An event that was accepted and could not be processed: it is in our own shape already, which its parser guaranteed. */
const storedEvent = z.custom<NormalisedEvent>(
  (value) => z.looseObject({ action: z.enum(EVENT_ACTIONS), summary: z.string() }).safeParse(value).success,
);

function readProcessed(body: string): Reading {
  const event = storedEvent.safeParse(JSON.parse(body));
  return event.success
    ? { events: [{ event: event.data, raw: null }], outcome: "1 accepted" }
    : { events: [], outcome: "The event is not in our own shape" };
}
