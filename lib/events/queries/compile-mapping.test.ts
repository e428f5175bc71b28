import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_MAPPING } from "#lib/events/json-mapping";
import type { JsonMapping } from "#lib/events/json-mapping";
import { isTooLongDedupKey } from "#lib/events/event-fields";
import { compileMapping } from "#lib/events/queries/compile-mapping";
import { storableJson } from "#lib/events/storable-json";
import { testMessages } from "#lib/events/test-messages";
import { hostileJson } from "#lib/testing/hostile-json";
import { eventBy, ignoredBy, parsedBy } from "#lib/testing/source-events";

const mapped = (changes: Partial<JsonMapping> = {}) =>
  compileMapping({ ...DEFAULT_MAPPING, ...changes }).adapter;
const parse = (payload: unknown, changes: Partial<JsonMapping> = {}) =>
  mapped(changes).parse(payload, { headers: {}, defaultSeverity: "error" });

describe("the default mapping", () => {
  it("has nothing that can't be understood", () => {
    expect(compileMapping(DEFAULT_MAPPING).errors).toEqual([]);
  });

  it.each([
    [
      {
        id: "d1",
        title: "Disk full",
        status: "firing",
        severity: "P1",
        host: "db-7",
        url: "https://x.test/1",
      },
      {
        action: "trigger",
        dedupKey: "d1",
        summary: "Disk full",
        severity: "critical",
        source: "db-7",
        links: [{ href: "https://x.test/1", text: null }],
      },
    ],
    [
      { fingerprint: "f", message: "Up again", state: "OK", level: "warn" },
      { action: "resolve", dedupKey: "f", summary: "Up again", severity: null, source: "unknown" },
    ],
    [
      { alert_id: 7, summary: "x", state: "acknowledged", timestamp: 1768154400 },
      { action: "acknowledge", dedupKey: "7", timestamp: "2026-01-11T18:00:00.000Z" },
    ],
    [
      {
        labels: { alertname: "A", severity: "critical", instance: "i-1" },
        status: "firing",
        fingerprint: "x",
      },
      { summary: "A", severity: "critical", source: "i-1" },
    ],
    // No key: what says the same is the same.
    [
      { message: "Backup failed", host: "db-7" },
      { dedupKey: "db-7: Backup failed", severity: "error" },
    ],
    // No summary: it fires all the same.
    [{ id: "only-a-key" }, { action: "trigger", summary: "Alert only-a-key" }],
  ])("reads %j", (payload, event) => {
    expect(eventBy(mapped(), payload)).toMatchObject(event);
  });

  it("takes each element of a list, or of alerts, for itself, and keeps what it was read from", () => {
    const [one, two] = [
      { id: 1, title: "a" },
      { id: 2, title: "b" },
    ];
    expect(parsedBy(mapped(), [one, two]).events.map(({ raw }) => raw)).toEqual([[one], [two]]);
    const body = { receiver: "ops", alerts: [one, two] };
    const parsed = parsedBy(mapped(), body);
    expect(parsed.events.map(({ event }) => event.summary)).toEqual(["a", "b"]);
    expect(parsed.events[1]?.raw).toEqual({ receiver: "ops", alerts: [two] });
    // What is kept is read again as it was.
    expect(parsedBy(mapped(), parsed.events[1]?.raw).events[0]?.event).toEqual(parsed.events[1]?.event);
  });

  it("lets an unknown word fire, with a warning", () => {
    expect(eventBy(mapped(), { title: "x", status: "weird" })).toMatchObject({
      action: "trigger",
      warnings: expect.arrayContaining(["State 'weird' is not known, taken as firing"]),
    });
  });

  it("says which fields it misses where it names no problem", () => {
    expect(parsedBy(mapped(), { foo: 1 }).rejected).toEqual([
      {
        index: 0,
        reason: "summary and dedupKey: both are empty, so it names no problem",
        payload: { foo: 1 },
      },
    ]);
  });

  it.each([[[]], [{ alerts: [] }]])("finds nothing in %j", (payload) => {
    expect(parse(payload)).toEqual({ kind: "unrecognised", reason: "items: the mapping finds none in it" });
  });

  it("understands the test of its own set-up", () => {
    const facts = { id: "test-1", title: "Test", at: new Date("2026-01-11T18:00:00Z") };
    const messages = testMessages("json", facts);
    expect(eventBy(mapped(), messages?.fire)).toMatchObject({
      action: "trigger",
      warnings: [],
      severity: "critical",
    });
    expect(eventBy(mapped(), messages?.over)).toMatchObject({ action: "resolve", dedupKey: "test-1" });
  });

  it("answers whatever comes with events that can be stored, or a reason", () => {
    fc.assert(
      fc.property(hostileJson, (payload) => {
        const parsed = parse(payload);
        if (parsed.kind !== "events") return;
        for (const { event } of parsed.events) {
          expect(storableJson({ ...event }).warnings).toEqual([]);
          expect(isTooLongDedupKey(event.dedupKey ?? "")).toBe(false);
          expect(event.summary).toMatch(/^[^\n\r\0]*\S[^\n\r\0]*$/);
        }
        for (const { reason, payload: kept } of parsed.rejected) {
          expect(reason).not.toBe("");
          expect(storableJson(kept).warnings).toEqual([]);
        }
      }),
    );
  });
});

describe("a mapping", () => {
  it("computes fields from the item and the whole message", () => {
    const event = eventBy(
      mapped({
        items: "body.checks.filter(check, check.failed)",
        action: "item.value > 90",
        dedupKey: 'body.site + "/" + item.name',
        summary: 'item.name + " is at " + string(item.value)',
        severity: 'item.value > 95 ? "critical" : "warning"',
        details: '{"value": item.value, "site": body.site}',
        links: '["https://x.test/" + item.name]',
      }),
      {
        site: "fra",
        checks: [
          { name: "disk", value: 93, failed: true },
          { name: "cpu", failed: false },
        ],
      },
    );
    expect(event).toMatchObject({
      action: "trigger",
      dedupKey: "fra/disk",
      summary: "disk is at 93",
      severity: "warning",
      customDetails: { value: 93, site: "fra" },
      links: [{ href: "https://x.test/disk", text: null }],
      warnings: [],
    });
  });

  it("takes false for over, and passes over what it is told to ignore", () => {
    expect(eventBy(mapped({ action: "item.bad" }), { title: "x", bad: false }).action).toBe("resolve");
    expect(ignoredBy(mapped({ action: '"ignore"' }), { title: "x" })).toContain("pages nobody");
  });

  it("rejects an item by field and reason, alone, cut out of its message", () => {
    const parsed = parsedBy(mapped({ summary: 'item.name + " failed"' }), [
      { id: 1, name: "a" },
      { id: 2, name: 5 },
    ]);
    expect(parsed.events).toHaveLength(1);
    expect(parsed.rejected).toEqual([
      {
        index: 1,
        reason: expect.stringMatching(/^summary: no such overload|^summary: /),
        payload: [{ id: 2, name: 5 }],
      },
    ]);
  });

  it("leaves out a field that pages don't hang on", () => {
    expect(eventBy(mapped({ class: "item.n + 1" }), { title: "x", n: "y" })).toMatchObject({
      summary: "x",
      class: null,
      warnings: [expect.stringMatching(/^'class' can't be read/), expect.anything()],
    });
  });

  it("keeps the whole message where its items can't be cut out of it", () => {
    const body = { hosts: ["a", "b"], broken: true };
    const parsed = parsedBy(
      mapped({
        items: 'body.hosts.map(host, {"id": host, "title": host == "a" ? "A" : ""})',
        dedupKey: "",
        summary: "item.title",
      }),
      body,
    );
    expect(parsed.events).toMatchObject([{ raw: null }]);
    expect(parsed.rejected).toMatchObject([
      { index: 1, payload: body, reason: expect.stringMatching(/^1 of 2 items/) },
    ]);
  });

  it("says what keeps its expressions from being understood, and where", () => {
    const { errors } = compileMapping({
      ...DEFAULT_MAPPING,
      summary: "item.title ==",
      group: "itm.x",
      items: "item",
    });
    expect(errors.map(({ field, start }) => [field, start])).toEqual([
      ["items", 0],
      ["summary", 13],
      ["group", 0],
    ]);
  });

  it.each(["now", "item.a.map(x, item.b.map(y, x + y))"])("can't use %s", (summary) => {
    expect(compileMapping({ ...DEFAULT_MAPPING, summary }).errors).toMatchObject([{ field: "summary" }]);
  });

  it.each([
    ["item.a", { a: "x" }, /^items: /],
    ["body.a", { a: "x" }, /^items: what the expression answers is not a list$/],
  ])("needs a list of items: %s", (items, payload, reason) => {
    expect(parse(payload, { items })).toMatchObject({
      kind: "unrecognised",
      reason: expect.stringMatching(reason),
    });
  });

  it("stops in time, and keeps what it did not come to", () => {
    const words = Array.from({ length: 10_000 }, (_, index) => `w${index}`);
    const alerts = Array.from({ length: 1000 }, (_, id) => ({ id: String(id), title: "x" }));
    const count = "string(body.words.filter(word, word == item.id).size())";
    const parsed = parsedBy(mapped({ class: count }), { alerts, words });
    const missing = 1000 - parsed.events.length;
    expect(missing).toBeGreaterThan(0);
    // A part of the message that is read again and again is too much to keep with each item.
    expect(parsed.rejected).toMatchObject([
      {
        reason: expect.stringMatching(`^${missing} of 1000 items: .*took too long`),
        payload: { words, alerts },
      },
    ]);
  });

  it("takes the first 1,000 items of a message and keeps the others together", () => {
    const alerts = Array.from({ length: 1200 }, (_, id) => ({ id: `a${id}`, title: `Alert ${id}` }));
    const parsed = parsedBy(mapped(), { alerts });
    expect(parsed.events).toHaveLength(1000);
    expect(parsed.rejected).toMatchObject([{ index: 1000, payload: { alerts: { length: 200 } } }]);
  });
});
