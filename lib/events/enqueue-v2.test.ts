import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SEVERITIES } from "#lib/alerts/vocabulary";
import { parseEnqueueV2 } from "#lib/events/enqueue-v2";
import { EVENT_ACTIONS } from "#lib/events/event";
import type { NormalisedEvent } from "#lib/events/event";
import { storableJson } from "#lib/events/storable-json";
import { hostileJson, hostileText } from "#lib/testing/hostile-json";

const KEY = "0123456789abcdef0123456789abcdef";
const PAYLOAD = { summary: "Checkout answers 502", source: "web-7", severity: "critical" };
const TRIGGER = { routing_key: KEY, event_action: "trigger", payload: PAYLOAD };

function errorsOf(body: unknown): string[] {
  const parsed = parseEnqueueV2(body);
  return parsed.kind === "invalid" ? parsed.errors : [];
}

function eventOf(body: unknown): NormalisedEvent {
  const parsed = parseEnqueueV2(body);
  if (parsed.kind === "invalid") throw new Error(parsed.errors.join("; "));
  return parsed.event;
}

function withPayload(changes: object): object {
  return { ...TRIGGER, payload: { ...PAYLOAD, ...changes } };
}

function toWire(event: NormalisedEvent): unknown {
  const { action, dedupKey, summary, source, severity, timestamp, component, group } = event;
  const payload = { summary, source, severity, timestamp, component, group, class: event.class };
  return {
    routing_key: KEY,
    event_action: action,
    dedup_key: dedupKey,
    payload: { ...payload, custom_details: event.customDetails },
    links: event.links,
    images: event.images,
    client: event.client,
    client_url: event.clientUrl,
  };
}

describe("a valid event", () => {
  it("is taken over whole", () => {
    const body = {
      routing_key: KEY,
      event_action: "trigger",
      dedup_key: "checkout/502",
      payload: {
        ...PAYLOAD,
        timestamp: "2015-07-17T08:42:58.315+0000",
        component: "nginx",
        group: "checkout",
        class: "http",
        custom_details: { "ping time": "1500ms", load: 0.75, nested: { deep: [1, null] } },
      },
      images: [{ src: "https://x.test/g.png", href: "https://x.test/", alt: "Graph" }],
      links: [{ href: "http://localhost:3000/", text: "External URL" }],
      client: "Sample monitor",
      client_url: "https://monitor.test",
      unknown_field: { ignored: true },
    };
    expect(parseEnqueueV2(body)).toEqual({
      kind: "event",
      routingKey: KEY,
      event: {
        action: "trigger",
        dedupKey: "checkout/502",
        summary: "Checkout answers 502",
        source: "web-7",
        severity: "critical",
        timestamp: "2015-07-17T08:42:58.315Z",
        component: "nginx",
        group: "checkout",
        class: "http",
        customDetails: { "ping time": "1500ms", load: 0.75, nested: { deep: [1, null] } },
        links: [{ href: "http://localhost:3000/", text: "External URL" }],
        images: [{ src: "https://x.test/g.png", href: "https://x.test/", alt: "Graph" }],
        client: "Sample monitor",
        clientUrl: "https://monitor.test",
        warnings: [],
      },
    });
  });

  it("needs only what the API requires, and then has no key and no time of its own", () => {
    const event = eventOf(TRIGGER);
    expect(event).toMatchObject({
      dedupKey: null,
      timestamp: null,
      customDetails: {},
      links: [],
      client: null,
    });
    expect(event.warnings).toEqual([]);
  });

  it.each([["acknowledge"], ["resolve"]])("of action %s needs only its key", (action) => {
    const body = { routing_key: KEY, event_action: action, dedup_key: "k" };
    expect(eventOf(body)).toMatchObject({ action, dedupKey: "k", summary: "", source: "", severity: null });
  });

  it.each([[PAYLOAD], [null], ["text"], [{ summary: "", severity: "banana" }], [[]]])(
    "of action resolve may carry any payload: %j",
    (payload) => {
      const body = { routing_key: KEY, event_action: "resolve", dedup_key: "k", payload };
      expect(errorsOf(body)).toEqual([]);
    },
  );

  it("may have orchestration keys and upper case in its routing key", () => {
    expect(errorsOf({ ...TRIGGER, routing_key: "R0123456789ABCDEF0123456789ABCDE" })).toEqual([]);
  });
});

describe("an invalid event", () => {
  it.each<[string, unknown, string[]]>([
    ["no routing key", { ...TRIGGER, routing_key: undefined }, ["'routing_key' cannot be blank"]],
    ["a blank routing key", { ...TRIGGER, routing_key: " " }, ["'routing_key' cannot be blank"]],
    ["a routing key that is no text", { ...TRIGGER, routing_key: 5 }, ["'routing_key' cannot be blank"]],
    [
      "a short routing key",
      { ...TRIGGER, routing_key: "abc" },
      ["Length of 'routing_key' is incorrect (should be 32 characters)"],
    ],
    [
      "a routing key with a line break",
      { ...TRIGGER, routing_key: `${KEY}\n` },
      [
        "Length of 'routing_key' is incorrect (should be 32 characters)",
        "'routing_key' cannot contain non-alphanumeric characters.",
      ],
    ],
    [
      "a routing key with a dash",
      { ...TRIGGER, routing_key: `-${KEY.slice(1)}` },
      ["'routing_key' cannot contain non-alphanumeric characters."],
    ],
    ["no action", { ...TRIGGER, event_action: null }, ["'event_action' is missing or blank"]],
    ["a blank action", { ...TRIGGER, event_action: "" }, ["'event_action' is missing or blank"]],
    [
      "an unknown action",
      { ...TRIGGER, event_action: "explode" },
      ["'event_action' is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')"],
    ],
    [
      "a key of 256 characters",
      { ...TRIGGER, dedup_key: "k".repeat(256) },
      ["Length of 'dedup_key' is incorrect (should be at most 255 characters)"],
    ],
    ["no summary", withPayload({ summary: undefined }), ["'payload.summary' is missing or blank"]],
    ["a blank summary", withPayload({ summary: " \n" }), ["'payload.summary' is missing or blank"]],
    [
      "a summary of control characters",
      withPayload({ summary: "\u0001\u0007" }),
      ["'payload.summary' is missing or blank"],
    ],
    ["a summary that is no text", withPayload({ summary: {} }), ["'payload.summary' is missing or blank"]],
    ["a blank source", withPayload({ source: "" }), ["'payload.source' is missing or blank"]],
    ["no severity", withPayload({ severity: undefined }), ["'payload.severity' is missing or blank"]],
    [
      "an unknown severity",
      withPayload({ severity: "none" }),
      [
        "'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')",
      ],
    ],
    [
      "no payload",
      { ...TRIGGER, payload: undefined },
      [
        "'payload.summary' is missing or blank",
        "'payload.source' is missing or blank",
        "'payload.severity' is missing or blank",
      ],
    ],
    [
      "an acknowledge without key",
      { routing_key: KEY, event_action: "acknowledge" },
      ["'dedup_key' is missing or blank"],
    ],
    [
      "a resolve with a blank key",
      { routing_key: KEY, event_action: "resolve", dedup_key: "" },
      ["'dedup_key' is missing or blank"],
    ],
    ["a list", [TRIGGER], ["Event must be a JSON object"]],
    ["null", null, ["Event must be a JSON object"]],
    ["a text", "trigger", ["Event must be a JSON object"]],
  ])("with %s says so", (_name, body, errors) => {
    expect(parseEnqueueV2(body)).toEqual({ kind: "invalid", errors });
  });

  it("names everything that is wrong, in the order of the fields", () => {
    expect(errorsOf({ routing_key: "-", dedup_key: "k".repeat(300), payload: {} })).toEqual([
      "Length of 'routing_key' is incorrect (should be 32 characters)",
      "'routing_key' cannot contain non-alphanumeric characters.",
      "'event_action' is missing or blank",
      "Length of 'dedup_key' is incorrect (should be at most 255 characters)",
    ]);
    expect(errorsOf({ event_action: "trigger", payload: "x" })).toEqual([
      "'routing_key' cannot be blank",
      "'payload' must be a JSON object",
      "'payload.summary' is missing or blank",
      "'payload.source' is missing or blank",
      "'payload.severity' is missing or blank",
    ]);
  });
});

describe("what can be repaired", () => {
  it.each<[string, object, Partial<NormalisedEvent>, string[]]>([
    [
      "a long summary",
      withPayload({ summary: "😀".repeat(1025) }),
      { summary: "😀".repeat(1024) },
      ["'payload.summary' was cut to 1024 characters"],
    ],
    [
      "a long summary with a space at the cut",
      withPayload({ summary: `${"a".repeat(1023)} b` }),
      { summary: "a".repeat(1023) },
      ["'payload.summary' was cut to 1024 characters"],
    ],
    ["a summary of 1024 characters", withPayload({ summary: "😀".repeat(1024) }), {}, []],
    ["a summary of several lines", withPayload({ summary: "a\nb" }), { summary: "a b" }, []],
    ["markup in a summary", withPayload({ summary: "<b>*x*</b>" }), { summary: "<b>*x*</b>" }, []],
    ["a numeric summary", withPayload({ summary: 502 }), { summary: "502" }, []],
    [
      "severity in capitals",
      withPayload({ severity: "CRITICAL" }),
      { severity: "critical" },
      ["'payload.severity' was taken as 'critical'"],
    ],
    [
      "a time that can't be read",
      withPayload({ timestamp: "yesterday" }),
      { timestamp: null },
      ["'payload.timestamp' can't be read as a time, the time of receipt is used"],
    ],
    [
      "details that are a text",
      withPayload({ custom_details: "note" }),
      { customDetails: { details: "note" } },
      [],
    ],
    [
      "NUL in a summary",
      withPayload({ summary: "a\0b" }),
      { summary: "a\uFFFDb" },
      ["'payload.summary': characters that can't be stored were replaced"],
    ],
    [
      "a lone surrogate in details",
      withPayload({ custom_details: { x: "\uD800" } }),
      { customDetails: { x: "\uFFFD" } },
      ["'payload.custom_details': Characters that can't be stored were replaced"],
    ],
    [
      "NUL in a key",
      { ...TRIGGER, dedup_key: "a\0" },
      { dedupKey: "a\uFFFD" },
      ["'dedup_key': characters that can't be stored were replaced"],
    ],
    ["a blank key", { ...TRIGGER, dedup_key: "  " }, { dedupKey: null }, []],
    ["a numeric key", { ...TRIGGER, dedup_key: 42 }, { dedupKey: "42" }, []],
    ["a key with outer spaces", { ...TRIGGER, dedup_key: " k " }, { dedupKey: " k " }, []],
    ["a key of 255 astral characters", { ...TRIGGER, dedup_key: "😀".repeat(255) }, {}, []],
    [
      "a component that is a list",
      withPayload({ component: ["a"] }),
      { component: null },
      ["'payload.component' is not a text, left out"],
    ],
    [
      "a huge class",
      withPayload({ class: "c".repeat(400_000) }),
      { class: "c".repeat(1024) },
      ["'payload.class' was cut to 1024 characters"],
    ],
    [
      "an http picture",
      { ...TRIGGER, images: [{ src: "http://x.test/a.png" }] },
      { images: [] },
      ["'images[0]' has no usable address, left out"],
    ],
    [
      "a link that would run script",
      { ...TRIGGER, links: [{ href: "javascript:alert(1)" }] },
      { links: [] },
      ["'links[0]' has no usable address, left out"],
    ],
    [
      "no links but a null",
      { ...TRIGGER, links: null, images: null, client: "", client_url: "" },
      { links: [] },
      [],
    ],
    [
      "a client address that is relative",
      { ...TRIGGER, client_url: "/x" },
      { clientUrl: null },
      ["'client_url' is not an http(s) address, left out"],
    ],
  ])("%s never costs the event", (_name, body, expected, warnings) => {
    const event = eventOf(body);
    expect(event).toMatchObject(expected);
    expect(event.warnings).toEqual(warnings);
  });

  it("never reaches an object's prototype", () => {
    const body: unknown = JSON.parse(
      `{"__proto__":{"routing_key":"${KEY}"},"event_action":"trigger","constructor":1,
        "payload":{"__proto__":{"summary":"s","source":"s","severity":"info"}}}`,
    );
    expect(errorsOf(body)).toHaveLength(4);
    const details: unknown = JSON.parse('{"__proto__":{"polluted":true}}');
    expect(JSON.stringify(eventOf(withPayload({ custom_details: details })).customDetails)).toContain(
      "polluted",
    );
    expect({}).not.toHaveProperty("polluted");
  });

  it("bounds details that are nested very deeply", () => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`);
    const event = eventOf(withPayload({ custom_details: deep }));
    expect(JSON.stringify(event).length).toBeLessThan(2000);
    expect(event.warnings).toHaveLength(1);
  });
});

const maybe = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary }, { weight: 1, arbitrary: hostileJson });
const bodies = fc.record(
  {
    routing_key: maybe(fc.constant(KEY)),
    event_action: maybe(fc.constantFrom(...EVENT_ACTIONS)),
    dedup_key: maybe(hostileText),
    payload: maybe(
      fc.record(
        {
          summary: maybe(hostileText),
          source: maybe(fc.string()),
          severity: maybe(fc.constantFrom(...SEVERITIES)),
          timestamp: maybe(fc.date({ noInvalidDate: true }).map(String)),
          custom_details: hostileJson,
        },
        { requiredKeys: ["summary", "source", "severity"] },
      ),
    ),
    links: maybe(fc.array(fc.record({ href: maybe(fc.webUrl()), text: hostileJson }))),
    images: maybe(fc.array(fc.record({ src: maybe(fc.webUrl()) }))),
    client: hostileJson,
    client_url: maybe(fc.webUrl()),
  },
  { requiredKeys: ["routing_key", "event_action"] },
);

const parsedBodies = bodies.map(parseEnqueueV2);
const acceptedEvents = parsedBodies.filter((parsed) => parsed.kind === "event").map((parsed) => parsed.event);

describe("for any body", () => {
  it("parsing never throws and gives the same twice", () => {
    fc.assert(
      fc.property(fc.oneof(bodies, hostileJson), (body) => {
        expect(parseEnqueueV2(body)).toEqual(parseEnqueueV2(body));
      }),
    );
  });

  it("an accepted event survives being sent again, without further repairs", () => {
    fc.assert(
      fc.property(acceptedEvents, (event) => {
        expect(eventOf(toWire(event))).toEqual({ ...event, warnings: [] });
      }),
    );
  });

  it("an accepted event holds only bounded text that Postgres stores", () => {
    fc.assert(
      fc.property(acceptedEvents, (event) => {
        expect(Array.from(event.summary).length).toBeLessThanOrEqual(1024);
        expect(Array.from(event.dedupKey ?? "").length).toBeLessThanOrEqual(255);
        expect(storableJson(event)).toEqual({ value: event, warnings: [] });
      }),
    );
  });

  it("a refusal names at least one reason", () => {
    fc.assert(
      fc.property(fc.oneof(bodies, hostileJson), (body) => {
        const parsed = parseEnqueueV2(body);
        expect(parsed.kind === "event" || parsed.errors.length > 0).toBe(true);
      }),
    );
  });
});
