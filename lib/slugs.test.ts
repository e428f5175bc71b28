import { describe, expect, it } from "vitest";
import { isIdOrSlug, slugOf } from "#lib/slugs";

describe("slugOf", () => {
  it.each([
    ["Checkout API", "checkout-api"],
    ["  Über—Straße / v2! ", "uber-stra-e-v2"],
    ["--a--", "a"],
    ["日本", ""],
  ])("turns %j into %j", (name, slug) => expect(slugOf(name)).toBe(slug));

  it("is short and ends with no hyphen", () => {
    expect(slugOf(`${"a".repeat(59)} b`)).toBe("a".repeat(59));
  });
});

describe("isIdOrSlug", () => {
  it("takes ids and slugs and nothing that a database would choke on", () => {
    expect(["Q0123456789ABC", "checkout-api"].every(isIdOrSlug)).toBe(true);
    expect(["", "a\0", "a/b", "a b", "a".repeat(101)].some(isIdOrSlug)).toBe(false);
  });
});
