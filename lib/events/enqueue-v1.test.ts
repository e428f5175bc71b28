import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseEnqueueV1 } from "#lib/events/enqueue-v1";
import { hostileJson } from "#lib/testing/hostile-json";

const KEY = "0123456789abcdef0123456789abcdef";
const TRIGGER = { service_key: KEY, event_type: "trigger", description: "Disk is full on db-1" };

describe("a valid event", () => {
  it("is mapped to the fields of version 2", () => {
    const body = {
      ...TRIGGER,
      incident_key: "db-1/disk",
      client: "Nagios",
      client_url: "https://nagios.test",
      details: { free: "0 %" },
      contexts: [
        { type: "link", href: "https://x.test", text: "Graph" },
        { type: "image", src: "https://x.test/a.png" },
        { type: "hologram" },
      ],
    };
    expect(parseEnqueueV1(body)).toEqual({
      kind: "event",
      serviceKey: KEY,
      event: {
        action: "trigger",
        dedupKey: "db-1/disk",
        summary: "Disk is full on db-1",
        source: "Nagios",
        severity: "critical",
        timestamp: null,
        component: null,
        group: null,
        class: null,
        customDetails: { free: "0 %" },
        links: [{ href: "https://x.test", text: "Graph" }],
        images: [{ src: "https://x.test/a.png", href: null, alt: null }],
        client: "Nagios",
        clientUrl: "https://nagios.test",
        warnings: ["Contexts that are neither a link nor an image were left out"],
      },
    });
  });

  it("takes the service's name as source when there is no client", () => {
    expect(parseEnqueueV1(TRIGGER, "Payments")).toMatchObject({
      event: { source: "Payments", dedupKey: null },
    });
  });

  it("may carry Alertmanager's empty fields of version 2", () => {
    const body = { ...TRIGGER, event_action: "", payload: null, routing_key: "", client: "Alertmanager" };
    expect(parseEnqueueV1(body)).toMatchObject({ kind: "event", event: { action: "trigger", warnings: [] } });
  });

  it.each([["acknowledge"], ["resolve"]])("of type %s needs only its key", (type) => {
    const body = { service_key: KEY, event_type: type, incident_key: "k" };
    expect(parseEnqueueV1(body)).toMatchObject({
      kind: "event",
      event: { action: type, dedupKey: "k", summary: "", severity: null },
    });
  });
});

describe("an invalid event", () => {
  it.each<[string, unknown, string[]]>([
    [
      "a short key and no description",
      { service_key: "abc", event_type: "trigger" },
      ["Service key is the wrong length (should be 32 characters)", "Description is missing or blank"],
    ],
    ["no key", { ...TRIGGER, service_key: undefined }, ["Service key is missing or blank"]],
    [
      "an unknown type",
      { ...TRIGGER, event_type: "page" },
      ["event_type is invalid (must be one of: trigger acknowledge resolve)"],
    ],
    ["no type", { ...TRIGGER, event_type: "" }, ["event_type is missing or blank"]],
    [
      "a resolve without key",
      { service_key: KEY, event_type: "resolve" },
      ["Incident key is missing or blank"],
    ],
    [
      "a long key",
      { ...TRIGGER, incident_key: "k".repeat(256) },
      ["Incident key is too long (should be at most 255 characters)"],
    ],
    ["null", null, ["Event must be a JSON object"]],
  ])("with %s says so", (_name, body, errors) => {
    expect(parseEnqueueV1(body)).toEqual({ kind: "invalid", errors });
  });
});

it("never throws, whatever the fields", () => {
  fc.assert(
    fc.property(hostileJson, (value) => {
      const parsed = parseEnqueueV1({
        ...TRIGGER,
        incident_key: value,
        details: value,
        contexts: [value],
        client: value,
      });
      expect(["event", "invalid"]).toContain(parsed.kind);
    }),
  );
});
