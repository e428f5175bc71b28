import { linkTo } from "#lib/events/attachments";
import { dedupKeyFrom } from "#lib/events/dedup-key";
import { MAX_LABEL_LENGTH } from "#lib/events/event";
import type { EventImage, NormalisedEvent } from "#lib/events/event";
import { plainText, readDetails, readLine, readSummary, readTimestamp } from "#lib/events/event-fields";
import type { Warnings } from "#lib/events/event-fields";
import { isObject } from "#lib/events/json";
import { mapSeverity } from "#lib/events/severity";
import { parseEach } from "#lib/events/sources/parse-each";
import type { ItemOutcome } from "#lib/events/sources/parse-each";
import type { ParsedPayload, SourceAdapter, SourceContext } from "#lib/events/sources/source";
import type { State } from "#lib/events/sources/state-words";
import { secureUrl } from "#lib/events/web-url";

/** What a product's message says about one problem, in our words. */
export interface Reading {
  /** What the product knows the problem by, the same in every message about it; null when it names nothing. */
  identity: string | null;
  state: State;
  summary: unknown;
  /** Which system has the problem; the product itself where this is missing. */
  source?: unknown;
  /** A word or number as `mapSeverity` takes it. */
  severity?: unknown;
  /** When the product saw this state, never when the problem began: an older resolve would be taken as overtaken. */
  at?: unknown;
  component?: unknown;
  group?: unknown;
  class?: unknown;
  links?: readonly [text: string, value: unknown][];
  image?: unknown;
  /** Kept with the event for people and rules; the message as it is where this is missing. */
  details?: Record<string, unknown>;
}

export interface Product {
  /** The word in the address. */
  source: string;
  name: string;
  /** The field under which a message may hold a list of messages. */
  list?: string;
  /** Fields with credentials of the sender, in lower case: nothing to keep or show. */
  secrets?: readonly string[];
  takesQuery?: boolean;
}

/** Reads one message, an object, as it is for one problem. */
export type ReadMessage = (
  item: Record<string, unknown>,
  warnings: Warnings,
) => Reading | { ignored: string };

/** An adapter for a product that sends one problem a message, or a list of such messages. Each is judged alone. */
export function monitorAdapter(product: Product, read: ReadMessage): SourceAdapter {
  return {
    source: product.source,
    takesQuery: product.takesQuery ?? false,
    parse: (payload, context) => parse(product, read, payload, context),
  };
}

function parse(product: Product, read: ReadMessage, payload: unknown, context: SourceContext): ParsedPayload {
  const { list, secrets = [] } = product;
  const listed = list !== undefined && isObject(payload) ? payload[list] : undefined;
  const judge = (item: Record<string, unknown>) => judgeMessage(product, read, item, context);
  const without = (item: unknown) => withoutFields(item, secrets);
  if (list !== undefined && Array.isArray(listed)) {
    return parseList(listed, judge, (items) => ({ [list]: items }));
  }
  if (Array.isArray(payload)) return parseList(payload.map(without), judge, (items) => items);
  if (isObject(payload)) return parseList([without(payload)], judge, ([item]) => item);
  return { kind: "unrecognised", reason: "The body is neither a JSON object nor a list of them" };
}

function withoutFields(item: unknown, names: readonly string[]): unknown {
  if (names.length === 0 || !isObject(item)) return item;
  return Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name.toLowerCase())));
}

function parseList(
  items: readonly unknown[],
  judge: (item: Record<string, unknown>) => ItemOutcome,
  bodyWith: (items: readonly unknown[]) => unknown,
): ParsedPayload {
  if (items.length === 0) return { kind: "unrecognised", reason: "The list of messages is empty" };
  return parseEach({ items, warnings: [], judge, bodyWith });
}

function judgeMessage(
  product: Product,
  read: ReadMessage,
  item: Record<string, unknown>,
  context: SourceContext,
): ItemOutcome {
  const warnings: Warnings = [];
  const reading = read(item, warnings);
  if ("ignored" in reading) return { kind: "ignored", reason: reading.ignored };
  const { state } = reading;
  if (typeof state !== "string") return { kind: "ignored", reason: state.ignored };
  if (reading.identity === null) {
    return { kind: "rejected", reason: `Nothing in it says which problem of ${product.name} it is about` };
  }
  const facts = {
    ...eventFacts(product, { ...reading, details: reading.details ?? item }, warnings),
    dedupKey: dedupKeyFrom(`${product.source}:${reading.identity}`),
    warnings,
  };
  const event: NormalisedEvent =
    state === "trigger"
      ? { ...facts, action: state, severity: severityOf(reading, context, warnings) }
      : { ...facts, action: state, severity: null };
  return { kind: "event", event };
}

function severityOf(reading: Reading, context: SourceContext, warnings: Warnings) {
  const { severity, warning } = mapSeverity(reading.severity, context.defaultSeverity);
  if (warning !== null) warnings.push(warning);
  return severity;
}

function eventFacts(product: Product, reading: Reading, warnings: Warnings) {
  const label = (value: unknown, name: string) => readLine(value, name, MAX_LABEL_LENGTH, warnings);
  const images: EventImage[] = [];
  const src = secureUrl(reading.image);
  if (src !== null) images.push({ src, href: null, alt: "Picture of the alert" });
  return {
    summary: readSummary(plainText(reading.summary), "summary", warnings) ?? `Alert of ${product.name}`,
    source: label(plainText(reading.source), "source") ?? product.name,
    timestamp: readTimestamp(reading.at, "time", warnings),
    component: label(plainText(reading.component), "component"),
    group: label(plainText(reading.group), "group"),
    class: label(plainText(reading.class), "class"),
    customDetails: readDetails(reading.details, "alert", warnings),
    links: (reading.links ?? []).flatMap(([text, value]) => linkTo(plainText(value), text, text, warnings)),
    images,
    client: product.name,
    clientUrl: null,
  };
}
