import { readLinks } from "#lib/events/attachments";
import { dedupKeyFrom } from "#lib/events/dedup-key";
import { MAX_LABEL_LENGTH } from "#lib/events/event";
import type { EventAction, NormalisedEvent, TriggerEvent } from "#lib/events/event";
import { plainText, readDetails, readLine, readSummary, readTimestamp } from "#lib/events/event-fields";
import type { Warnings } from "#lib/events/event-fields";
import { ITEM_FIELDS } from "#lib/events/json-mapping";
import type { ItemField } from "#lib/events/json-mapping";
import { mapSeverity } from "#lib/events/severity";
import type { ItemOutcome } from "#lib/events/sources/parse-each";
import { MAX_EVENTS_PER_REQUEST } from "#lib/events/sources/source";
import type { ParsedEvents, ParsedPayload, SourceAdapter, SourceContext } from "#lib/events/sources/source";
import { readState, stateWords } from "#lib/events/sources/state-words";
import { storableJson } from "#lib/events/storable-json";

/** The word in the address of JSON that is mapped: `/integrations/json/<key>`. */
export const JSON_SOURCE = "json";

/** What an expression said, as JSON; `error`: why it said nothing. */
export type Mapped = { value: unknown } | { error: string };
export type MappedItem = Readonly<Record<ItemField, Mapped>>;

/** A message under the expressions of a mapping. */
export type MappedBody = {
  count: number;
  /** What is said about an item; null: the time for this message is used up. */
  itemAt: (index: number) => MappedItem | null;
  /** The message with these items alone, which the same mapping reads again; null: they can't be cut out of it. */
  bodyWith: ((indexes: readonly number[]) => unknown) | null;
};

/** Evaluates a mapping; never throws. `body` can be stored. */
export type ReadMapped = (body: unknown) => MappedBody | { error: string };

/** An adapter for whatever a mapping reads. Each item is judged alone; what it can't read is rejected with the field and the reason. */
export function jsonAdapter(read: ReadMapped): SourceAdapter {
  return {
    source: JSON_SOURCE,
    takesQuery: true,
    parse: (payload, context) => parse(read, payload, context),
  };
}

function parse(read: ReadMapped, payload: unknown, context: SourceContext): ParsedPayload {
  const { value: body, warnings } = storableJson(payload);
  const mapped = read(body);
  if ("error" in mapped) return { kind: "unrecognised", reason: `items: ${mapped.error}` };
  const { count, itemAt, bodyWith } = mapped;
  if (count === 0) return { kind: "unrecognised", reason: "items: the mapping finds none in it" };
  const parsed: ParsedEvents = { kind: "events", events: [], rejected: [], ignored: [], warnings };
  const refused: { index: number; reason: string }[] = [];
  for (let index = 0; index < Math.min(count, MAX_EVENTS_PER_REQUEST); index += 1) {
    const item = itemAt(index);
    const outcome = item === null ? TOO_SLOW : judge(item, context);
    if (outcome.kind === "rejected") refused.push({ index, reason: outcome.reason });
    else if (outcome.kind === "ignored") parsed.ignored.push({ index, reason: outcome.reason });
    else {
      const raw = bodyWith === null ? (count === 1 ? body : null) : storableJson(bodyWith([index])).value;
      parsed.events.push({ event: outcome.event, index, raw });
    }
  }
  return { ...parsed, rejected: rejections(mapped, body, refused) };
}

const TOO_SLOW: ItemOutcome = {
  kind: "rejected",
  reason: "The mapping took too long for this message before it came to this item",
};

/** Items that can't be cut out of their message are kept together, in all of it. */
function rejections(
  { count, bodyWith }: MappedBody,
  body: ReturnType<typeof storableJson>["value"],
  refused: readonly { index: number; reason: string }[],
): ParsedEvents["rejected"] {
  const beyond = Array.from(
    { length: Math.max(0, count - MAX_EVENTS_PER_REQUEST) },
    (_, index) => index + MAX_EVENTS_PER_REQUEST,
  );
  const tooMany = `Of ${count} items in one message the first ${MAX_EVENTS_PER_REQUEST} were taken`;
  if (bodyWith !== null) {
    const bodyOf = (indexes: readonly number[]) => storableJson(bodyWith(indexes)).value;
    const rejected = refused.map(({ index, reason }) => ({ index, reason, payload: bodyOf([index]) }));
    const [first] = beyond;
    return first === undefined
      ? rejected
      : [...rejected, { index: first, reason: tooMany, payload: bodyOf(beyond) }];
  }
  const [first] = [...refused, ...beyond.map((index) => ({ index, reason: tooMany }))];
  if (!first) return [];
  const missing = refused.length + beyond.length;
  const reason = count === 1 ? first.reason : `${missing} of ${count} items: ${first.reason}`;
  return [{ index: first.index, reason, payload: body }];
}

const ESSENTIAL: readonly ItemField[] = ["action", "dedupKey", "summary"];

function judge(item: MappedItem, context: SourceContext): ItemOutcome {
  const warnings: Warnings = [];
  for (const field of ITEM_FIELDS) {
    const mapped = item[field];
    if (!("error" in mapped)) continue;
    if (ESSENTIAL.includes(field)) return { kind: "rejected", reason: `${field}: ${mapped.error}` };
    warnings.push(`'${field}' can't be read, left out: ${mapped.error}`);
  }
  const value = (field: ItemField) => {
    const mapped = item[field];
    return "error" in mapped ? null : mapped.value;
  };
  const state = stateOf(value("action"), warnings);
  if (typeof state !== "string") return { kind: "ignored", reason: state.ignored };
  const summary = readSummary(value("summary"), "summary", warnings);
  const key = plainText(value("dedupKey"));
  if (summary === null && key === null)
    return { kind: "rejected", reason: "summary and dedupKey: both are empty, so it names no problem" };
  const facts = factsOf(value, { summary, key }, warnings);
  return { kind: "event", event: eventOf(facts, state, value("severity"), context) };
}

type Facts = Omit<TriggerEvent, "action" | "severity" | "dedupKey"> & { dedupKey: string };

function factsOf(
  value: (field: ItemField) => unknown,
  { summary, key }: { summary: string | null; key: string | null },
  warnings: Warnings,
): Facts {
  const label = (field: ItemField) => readLine(value(field), field, MAX_LABEL_LENGTH, warnings);
  const source = label("source") ?? "unknown";
  if (key === null) warnings.push("'dedupKey' is empty: source and summary tell problems apart");
  if (summary === null) warnings.push("'summary' is empty, so the key stands for it");
  return {
    dedupKey: dedupKeyFrom(key ?? `${source}: ${summary ?? ""}`),
    summary: summary ?? readSummary(`Alert ${key ?? ""}`, "dedupKey", warnings) ?? "Alert",
    source,
    timestamp: readTimestamp(value("time"), "time", warnings),
    component: label("component"),
    group: label("group"),
    class: label("class"),
    customDetails: readDetails(value("details"), "details", warnings),
    links: readLinks(linkList(value("links")), warnings),
    images: [],
    client: null,
    clientUrl: null,
    warnings,
  };
}

function eventOf(
  facts: Facts,
  action: EventAction,
  severity: unknown,
  context: SourceContext,
): NormalisedEvent {
  if (action !== "trigger") return { ...facts, action, severity: null };
  const mapped = mapSeverity(severity, context.defaultSeverity);
  if (mapped.warning !== null) facts.warnings.push(mapped.warning);
  return { ...facts, action, severity: mapped.severity };
}

/** Addresses alone, too, or one of them. */
function linkList(value: unknown): unknown {
  if (value === null || value === "") return [];
  const list = Array.isArray(value) ? value : [value];
  return list.map((link: unknown) => (typeof link === "string" ? { href: link } : link));
}

/** True and false are states, too; what states none fires. */
function stateOf(value: unknown, warnings: Warnings) {
  if (typeof value === "boolean") return value ? "trigger" : "resolve";
  const word = plainText(value);
  if (word !== null) return readState(word, STATES, warnings);
  if (value !== null && typeof value === "object") warnings.push("'action' is not a word, taken as firing");
  return "trigger";
}

const STATES = stateWords({
  trigger:
    "trigger|triggered|firing|fired|fire|alerting|alert|alarm|problem|down|open|opened|create|created|new|active|activated|critical|error|warning|warn|fail|failed|failing|failure|unhealthy|degraded|breached|red|bad",
  acknowledge: "acknowledge|acknowledged|ack|acked",
  resolve:
    "resolve|resolved|resolving|ok|okay|recovery|recovered|recover|close|closed|up|clear|cleared|normal|inactive|deactivated|healthy|success|succeeded|passed|passing|green|done|fixed|completed|good|end|ended",
  ignored: "ignore|ignored",
});
