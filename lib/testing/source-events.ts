import type { NormalisedEvent } from "#lib/events/event";
import { parseSource } from "#lib/events/sources/parse-source";
import type { ParsedEvents, SourceAdapter } from "#lib/events/sources/source";

/** What an adapter makes of a body, sent as JSON. Throws when it recognises none of it. */
export function parsedBy(adapter: SourceAdapter, payload: unknown): ParsedEvents {
  const parsed = parseSource(adapter, {
    contentType: "application/json",
    headers: {},
    text: JSON.stringify(payload),
  });
  if (parsed.kind !== "events") throw new Error(`Not events: ${JSON.stringify(parsed)}`);
  return parsed;
}

/** The one event of a body. Throws when it holds none or several. */
export function eventBy(adapter: SourceAdapter, payload: unknown): NormalisedEvent {
  const parsed = parsedBy(adapter, payload);
  const [first] = parsed.events;
  if (!first || parsed.events.length > 1) throw new Error(`Not one event: ${JSON.stringify(parsed)}`);
  return first.event;
}

/** Why a body pages nobody. Throws when it does. */
export function ignoredBy(adapter: SourceAdapter, payload: unknown): string {
  const parsed = parsedBy(adapter, payload);
  const [first] = parsed.ignored;
  if (!first || parsed.events.length > 0) throw new Error(`Not ignored: ${JSON.stringify(parsed)}`);
  return first.reason;
}
