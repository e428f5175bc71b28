import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NormalisedEvent } from "#lib/events/event";
import { isTooLongDedupKey } from "#lib/events/event-fields";
import { isOlderThanLastFire } from "#lib/events/out-of-order";
import { adapterFor } from "#lib/events/sources/adapters";
import { SOURCE_PRODUCTS } from "#lib/events/sources/products";
import { MAX_EVENTS_PER_REQUEST } from "#lib/events/sources/source";
import type { ParsedPayload, SourceAdapter } from "#lib/events/sources/source";
import { storableJson } from "#lib/events/storable-json";
import { hostileJson, hostileText } from "#lib/testing/hostile-json";
import { eventBy, parsedBy } from "#lib/testing/source-events";
import { SOURCE_MESSAGES } from "#lib/testing/source-messages";

const NESTED: unknown = JSON.parse("[".repeat(100_000) + "]".repeat(100_000));
const CONTEXT = { headers: {}, defaultSeverity: "warning" } as const;

function known(source: string): SourceAdapter {
  const adapter = adapterFor(source);
  if (!adapter) throw new Error(`No adapter for ${source}`);
  return adapter;
}

/** What is wrong with an answer that should be events that can be stored, or a reason. */
function faultsOf(parsed: ParsedPayload): string[] {
  if (parsed.kind === "confirmation") return [];
  if (parsed.kind === "unrecognised") return parsed.reason === "" ? ["no reason"] : [];
  const said = [parsed.events, parsed.rejected, parsed.ignored, parsed.warnings].flat();
  const faults = parsed.events.flatMap(({ event }) => faultsOfEvent(event));
  return said.length === 0 ? ["no answer"] : faults;
}

function faultsOfEvent(event: NormalisedEvent): string[] {
  return [
    [{ ...event, customDetails: {} }, event.customDetails].some(
      (part) => storableJson(part).warnings.length > 0,
    ) && "can't be stored",
    isTooLongDedupKey(event.dedupKey ?? "") && "key too long",
    !/^[^\n\r\0]*\S[^\n\r\0]*$/.test(event.summary) && "summary is not one line",
  ].filter((fault) => fault !== false);
}

/** A copy in which something, somewhere, is another value. */
function mutated(message: Record<string, unknown>): fc.Arbitrary<unknown> {
  const paths = pathsOf(message);
  return fc
    .array(fc.tuple(fc.constantFrom(...paths), hostileJson), { minLength: 1, maxLength: 3 })
    .map((changes) => {
      const copy = structuredClone(message);
      for (const [path, value] of changes) put(copy, path, value);
      return copy;
    });
}

function pathsOf(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [key],
    ...pathsOf(inner).map((path) => [key, ...path]),
  ]);
}

function put(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key = "", ...rest] = path;
  const inner = target[key];
  if (rest.length === 0) target[key] = value;
  else if (typeof inner === "object" && inner !== null) put(inner as Record<string, unknown>, rest, value);
}

describe.each(SOURCE_MESSAGES.map((messages) => ({ ...messages, adapter: known(messages.source) })))(
  "$source",
  ({ adapter, fire, resolve }) => {
    it("makes one alert of what fires twice and is resolved, in this order", () => {
      const [first, again] = [eventBy(adapter, fire), eventBy(adapter, fire)];
      expect(again).toEqual(first);
      expect(first).toMatchObject({ action: "trigger", warnings: [] });
      expect(first.dedupKey).toMatch(new RegExp(`^${adapter.source}:.`));
      if (resolve === null) return;
      const over = eventBy(adapter, resolve);
      expect(over).toMatchObject({ action: "resolve", dedupKey: first.dedupKey, warnings: [] });
      const lastFire = {
        statedAt: first.timestamp === null ? null : new Date(first.timestamp),
        receivedAt: new Date("2026-01-11T18:00:02Z"),
      };
      expect(isOlderThanLastFire(over.timestamp, lastFire)).toBe(false);
    });

    it("says what fires, from where, and by which product", () => {
      const event = eventBy(adapter, fire);
      expect(event.summary).not.toMatch(/^Alert of /);
      expect([event.source, event.client].every((text) => text !== null && text !== "")).toBe(true);
    });

    it("judges a thousand in one request alone, and keeps what is beyond", () => {
      const several = [fire, 5, ...Array<unknown>(MAX_EVENTS_PER_REQUEST).fill(fire)];
      const parsed = parsedBy(adapter, several);
      expect(parsed.events).toHaveLength(MAX_EVENTS_PER_REQUEST - 1);
      expect(parsed.rejected.map(({ index }) => index)).toEqual([1, MAX_EVENTS_PER_REQUEST]);
      expect(parsedBy(adapter, parsed.rejected[1]?.payload).events).toHaveLength(2);
    });

    it("keeps beside each event the part of the message that makes the same event again", () => {
      for (const { event, raw } of parsedBy(adapter, [fire, resolve ?? fire]).events) {
        expect(eventBy(adapter, raw)).toEqual(event);
      }
    });

    it("rejects a message without anything to know it by, so that it can be replayed", () => {
      for (const body of [{ x: 1 }, [{ x: 1 }]]) {
        const [rejected] = parsedBy(adapter, body).rejected;
        expect(rejected?.reason).toMatch(/^Nothing in it says which problem of /);
        expect(rejected?.payload).toEqual(body);
      }
      expect(adapter.parse([], CONTEXT)).toMatchObject({ kind: "unrecognised" });
      expect(adapter.parse("text", CONTEXT)).toMatchObject({ kind: "unrecognised" });
    });

    it("answers a message that is nested beyond measure anywhere", () => {
      for (const path of pathsOf(fire)) {
        const copy = structuredClone(fire);
        put(copy, path, NESTED);
        expect(faultsOf(adapter.parse(copy, CONTEXT))).toEqual([]);
      }
    });

    it("answers whatever it is sent", () => {
      const bodies = fc.oneof(mutated(fire), mutated(resolve ?? fire), hostileJson, hostileText);
      fc.assert(
        fc.property(bodies, (body) => {
          expect(faultsOf(adapter.parse(body, CONTEXT))).toEqual([]);
        }),
        { numRuns: 150 },
      );
    });
  },
);

it("has an adapter for every product that is offered, and messages for all but those with a suite of their own", () => {
  const offered = SOURCE_PRODUCTS.map(({ source }) => source).toSorted();
  expect(offered.map((source) => adapterFor(source)?.source)).toEqual(offered);
  const covered = new Set(["alertmanager", "grafana", ...SOURCE_MESSAGES.map(({ source }) => source)]);
  expect([...covered].toSorted()).toEqual(offered);
  expect(new Set(SOURCE_PRODUCTS.map(({ vendorId }) => vendorId)).size).toBe(offered.length);
});
