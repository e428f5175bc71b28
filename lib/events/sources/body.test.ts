import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBody, parseQuery } from "#lib/events/sources/body";
import { hostileText } from "#lib/testing/hostile-json";

const FORM = "application/x-www-form-urlencoded";
const MULTIPART = 'multipart/form-data; boundary="----x1"';

function multipart(...parts: [head: string, text: string][]): string {
  const written = parts.map(([head, text]) => `------x1\r\nContent-Disposition: ${head}\r\n\r\n${text}\r\n`);
  return `${written.join("")}------x1--\r\n`;
}

describe("parseBody", () => {
  it.each<[string, string | null, string, unknown]>([
    ["JSON", "application/json; charset=utf-8", '{"a":1}', { a: 1 }],
    ["JSON of a vendor's type", "application/vnd.x+json", "[1]", [1]],
    ["JSON called text", "text/plain", '{"a":1}', { a: 1 }],
    ["JSON without a type", null, ' {"a":1}\n', { a: 1 }],
    ["JSON behind a byte order mark", "application/json", '\uFEFF{"a":1}', { a: 1 }],
    ["JSON called a form, as curl -d sends it", FORM, '{"a":"b&c=d"}', { a: "b&c=d" }],
    ["a form with JSON in payload", FORM, "payload=%7B%22a%22%3A1%7D&x=1", { a: 1 }],
    ["a form with JSON in data", `${FORM}; charset=utf-8`, "data=%7B%22a%22%3A1%7D", { a: 1 }],
    ["a form of texts", FORM, "Status=Down&Name=a+b&Status=Up", { Status: "Down", Name: "a b" }],
    ["a form whose payload is a text", FORM, "payload=hello", { payload: "hello" }],
    [
      "a multipart form with JSON in data",
      MULTIPART,
      multipart(['form-data; name="data"', '{"a":\n1}'], ['form-data; name="x"; filename="f"', "y"]),
      { a: 1 },
    ],
    [
      "a multipart form of texts",
      "Multipart/Form-Data; boundary=----x1",
      multipart(['form-data; name="a"', "1"], ['form-data; name="b"', ""]),
      { a: "1", b: "" },
    ],
  ])("reads %s", (_name, contentType, text, payload) => {
    expect(parseBody(contentType, text)).toEqual({ kind: "parsed", payload });
  });

  it.each<[string, string | null, string, string]>([
    ["nothing", "application/json", " \n", "The body is empty"],
    ["broken JSON", "application/json", '{"a":', "The body is not JSON"],
    ["text", "text/plain", "Disk is full", "The body is not JSON"],
    ["a multipart form without boundary", "multipart/form-data", "x", "The multipart form names no boundary"],
    ["a multipart form without parts", MULTIPART, "x", "The form has no fields"],
  ])("does not read %s", (_name, contentType, text, reason) => {
    expect(parseBody(contentType, text)).toEqual({ kind: "unparsable", reason });
  });

  it("keeps a field named __proto__ as data", () => {
    const parsed = parseBody(FORM, "__proto__=x&a=b");
    expect(JSON.stringify(parsed)).toContain('"__proto__":"x"');
  });

  it("bounds the number of fields, and survives very deep JSON", () => {
    const many = Array.from({ length: 5000 }, (_, index) => `f${index}=1`).join("&");
    const parsed = parseBody(FORM, many);
    expect(parsed.kind === "parsed" && Object.keys(Object(parsed.payload))).toHaveLength(1000);
    expect(parseBody(null, "[".repeat(100_000))).toMatchObject({ kind: "unparsable" });
    expect(parseBody(null, '{"a":'.repeat(100_000) + "1" + "}".repeat(100_000))).toMatchObject({
      kind: "parsed",
    });
  });

  it("is done at once with a form of half a million pairs, and with millions of open brackets", () => {
    expect(parseBody(FORM, "&amp;".repeat(500_000))).toMatchObject({ payload: { "amp;": "" } });
    expect(parseBody(null, "[".repeat(5_000_000))).toMatchObject({ kind: "unparsable" });
  });

  it("never throws", () => {
    const types = fc.constantFrom(null, "", FORM, MULTIPART, "multipart/form-data; boundary=a", "text/plain");
    fc.assert(
      fc.property(types, fc.oneof(hostileText, fc.json()), (type, text) => {
        expect(["parsed", "unparsable"]).toContain(parseBody(type, text).kind);
      }),
    );
  });
});

describe("parseQuery", () => {
  it("reads the fields of an address", () => {
    expect(parseQuery("?alertType=1&url=https%3A%2F%2Fx.test")).toEqual({
      kind: "parsed",
      payload: { alertType: "1", url: "https://x.test" },
    });
    expect(parseQuery("")).toEqual({ kind: "unparsable", reason: "The form has no fields" });
  });
});
