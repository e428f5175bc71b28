import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_JSON_DEPTH, storableDetails, storableJson } from "#lib/events/storable-json";
import { hostileJson } from "#lib/testing/hostile-json";

function nested(depth: number): unknown {
  return JSON.parse(`${"[".repeat(depth)}${"]".repeat(depth)}`);
}

describe("storableJson", () => {
  it("hands back the very value when nothing is wrong", () => {
    const value = { a: [1, "two", null, { b: true }] };
    expect(storableJson(value)).toEqual({ value, warnings: [] });
    expect(storableJson(value).value).toBe(value);
  });

  it("repairs keys and texts that Postgres refuses, and says so once", () => {
    expect(storableJson({ "k\0": ["a\0", "\uD800"], ok: 1 })).toEqual({
      value: { "k\uFFFD": ["a\uFFFD", "\uFFFD"], ok: 1 },
      warnings: ["Characters that can't be stored were replaced"],
    });
    expect(storableJson({ "k\0": 1 }).value).toEqual({ "k\uFFFD": 1 });
  });

  it("leaves out numbers beyond range", () => {
    expect(storableJson(JSON.parse('{"n":1e999}'))).toEqual({
      value: { n: null },
      warnings: ["Numbers that are out of range were left out"],
    });
  });

  it("bounds depth, however deep the input", () => {
    expect(storableJson(nested(MAX_JSON_DEPTH)).warnings).toEqual([]);
    expect(storableJson(nested(MAX_JSON_DEPTH + 1)).warnings).toHaveLength(1);
    const { value, warnings } = storableJson(nested(200_000));
    expect(warnings).toEqual(["Values nested deeper than 64 levels were left out"]);
    expect(JSON.stringify(value)).toContain("nested too deeply");
  });

  it("keeps a key named __proto__ as data, also while repairing", () => {
    const body: unknown = JSON.parse('{"__proto__":{"admin":true},"x":"\\u0000"}');
    const { value } = storableJson(body);
    expect(JSON.stringify(value)).toBe('{"__proto__":{"admin":true},"x":"\uFFFD"}');
    expect(Object.prototype).not.toHaveProperty("admin");
  });

  it("gives storable JSON, and the same again", () => {
    fc.assert(
      fc.property(hostileJson, (value) => {
        const stored = storableJson(value).value;
        expect(JSON.stringify(stored)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
        expect(storableJson(stored)).toEqual({ value: stored, warnings: [] });
      }),
    );
  });
});

describe("storableDetails", () => {
  it.each([
    [undefined, {}],
    [null, {}],
    ["", {}],
    [{ a: 1 }, { a: 1 }],
    ["just text", { details: "just text" }],
    [["list"], { details: ["list"] }],
    [0, { details: 0 }],
  ])("keeps %j where rules find it", (details, expected) => {
    expect(storableDetails(details).value).toEqual(expected);
  });
});
