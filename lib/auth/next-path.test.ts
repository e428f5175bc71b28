import { fc } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { safeNextPath } from "#lib/auth/next-path";

const ORIGIN = "https://touchline.example.com";

describe("safeNextPath", () => {
  it.each([
    ["/incidents?status=open#notes", "/incidents?status=open#notes"],
    [`${ORIGIN}/services/Q1`, "/services/Q1"],
    [undefined, "/"],
    ["", "/"],
    ["/sign-in", "/"],
    ["/sign-in?next=/x", "/"],
    ["/api/auth/signin", "/"],
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["/.//evil.example", "/"],
    ["/./\\evil.example", "/"],
    ["/x/..//evil.example", "/"],
    [`${ORIGIN}/\\evil.example`, "/"],
    [`${ORIGIN}//evil.example`, "/"],
    ["/\t/evil.example", "/"],
    ["/\n/evil.example", "/"],
    ["https://evil.example/", "/"],
    [`${ORIGIN}.evil.example/`, "/"],
    [`${ORIGIN}@evil.example/`, "/"],
    ["javascript:alert(1)", "/"],
    ["incidents", "/"],
  ])("%j goes to %s", (asked, path) => {
    expect(safeNextPath(asked, ORIGIN)).toBe(path);
  });

  it("never leaves the site", () => {
    const asked = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.string().map((rest) => `/${rest}`),
      fc
        .array(fc.constantFrom("/", "\\", ".", "..", "\t", "x", "evil.example"))
        .map((parts) => `/${parts.join("")}`),
    );
    fc.assert(
      fc.property(asked, (given) => {
        const path = safeNextPath(given, ORIGIN);
        expect(new URL(path, ORIGIN).origin).toBe(ORIGIN);
        expect(path.startsWith("/")).toBe(true);
      }),
    );
  });
});
