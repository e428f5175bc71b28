import type { NormalisedEvent } from "#lib/events/event";
import { isObject } from "#lib/events/json";
import { MAX_EVENTS_PER_REQUEST } from "#lib/events/sources/source";
import type { ParsedEvents } from "#lib/events/sources/source";
import { storableJson } from "#lib/events/storable-json";

export type ItemOutcome =
  | { kind: "event"; event: NormalisedEvent }
  | { kind: "rejected"; reason: string }
  | { kind: "ignored"; reason: string };

export interface Batch {
  items: readonly unknown[];
  /** About the request as a whole. */
  warnings: string[];
  /** Judges one item; called for objects only. */
  judge: (item: Record<string, unknown>) => ItemOutcome;
  /** The body that would have held just these items. */
  bodyWith: (items: readonly unknown[]) => unknown;
}

/** Judges every item of a request alone, so that one bad alert never costs the others. */
export function parseEach(batch: Batch): ParsedEvents {
  const { items, bodyWith } = batch;
  const parsed: ParsedEvents = {
    kind: "events",
    events: [],
    rejected: [],
    ignored: [],
    warnings: batch.warnings,
  };
  const bodyOf = (part: readonly unknown[]) => storableJson(bodyWith(part)).value;
  const reject = (index: number, reason: string, rejected: readonly unknown[]) => {
    parsed.rejected.push({ index, reason, payload: bodyOf(rejected) });
  };
  items.slice(0, MAX_EVENTS_PER_REQUEST).forEach((item, index) => {
    const outcome: ItemOutcome = isObject(item) ? batch.judge(item) : NOT_AN_OBJECT;
    if (outcome.kind === "event") parsed.events.push({ event: outcome.event, index, raw: bodyOf([item]) });
    else if (outcome.kind === "ignored") parsed.ignored.push({ index, reason: outcome.reason });
    else reject(index, outcome.reason, [item]);
  });
  if (items.length > MAX_EVENTS_PER_REQUEST) {
    const reason = `Of ${items.length} alerts in one request the first ${MAX_EVENTS_PER_REQUEST} were taken`;
    reject(MAX_EVENTS_PER_REQUEST, reason, items.slice(MAX_EVENTS_PER_REQUEST));
  }
  return parsed;
}

const NOT_AN_OBJECT: ItemOutcome = { kind: "rejected", reason: "The alert is not a JSON object" };
