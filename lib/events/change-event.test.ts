import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseChangeEvent } from "#lib/events/change-event";
import { hostileJson } from "#lib/testing/hostile-json";

const KEY = "0123456789abcdef0123456789abcdef";

describe("parseChangeEvent", () => {
  it("takes over a change", () => {
    const body = {
      routing_key: KEY,
      payload: {
        summary: "Deployed checkout 4.2",
        source: "ci",
        timestamp: "2026-03-08T02:30:00+0100",
        custom_details: { build: 4711 },
      },
      links: [{ href: "https://ci.test/4711", text: "Build" }],
    };
    expect(parseChangeEvent(body)).toEqual({
      kind: "change",
      routingKey: KEY,
      change: {
        summary: "Deployed checkout 4.2",
        source: "ci",
        timestamp: "2026-03-08T01:30:00.000Z",
        customDetails: { build: 4711 },
        links: [{ href: "https://ci.test/4711", text: "Build" }],
        images: [],
        warnings: [],
      },
    });
  });

  it("needs only a key and a summary", () => {
    expect(parseChangeEvent({ routing_key: KEY, payload: { summary: "x" } })).toMatchObject({
      kind: "change",
      change: { source: null, timestamp: null },
    });
  });

  it.each<[string, unknown, string[]]>([
    ["no summary", { routing_key: KEY, payload: {} }, ["'payload.summary' is missing or blank"]],
    [
      "the key of a rule set",
      { routing_key: `R${KEY.slice(1)}`, payload: { summary: "x" } },
      ["'routing_key' must be the key of an integration on a service"],
    ],
    ["nothing", {}, ["'routing_key' cannot be blank", "'payload.summary' is missing or blank"]],
    ["a list", [], ["Event must be a JSON object"]],
  ])("refuses %s", (_name, body, errors) => {
    expect(parseChangeEvent(body)).toEqual({ kind: "invalid", errors });
  });

  it("never throws", () => {
    fc.assert(
      fc.property(hostileJson, (value) => {
        const body = { routing_key: KEY, payload: value, links: value, images: [value] };
        expect(["change", "invalid"]).toContain(parseChangeEvent(body).kind);
      }),
    );
  });
});
