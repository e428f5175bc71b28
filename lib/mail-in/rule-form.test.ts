import { describe, expect, it } from "vitest";
import type { MailPredicate } from "#lib/mail-in/mail-rules";
import { extractorOf, linesOf, predicateOf } from "#lib/mail-in/rule-form";

const leaf = { kind: "contains", field: "subject", value: "failed" } as const;
const other = { kind: "regex", field: "body", value: "x" } as const;

describe("a condition as lines", () => {
  it.each<MailPredicate>([
    leaf,
    { kind: "not", of: leaf },
    { kind: "all", of: [leaf, { kind: "not", of: other }] },
    { kind: "any", of: [leaf, other] },
  ])("says the same again: %j", (when) => {
    const lines = linesOf(when);
    expect(lines && predicateOf(lines)).toEqual(when);
  });

  it.each<MailPredicate>([
    { kind: "any", of: [leaf, { kind: "all", of: [leaf, other] }] },
    { kind: "not", of: { kind: "not", of: leaf } },
  ])("is none where it nests deeper: %j", (when) => {
    expect(linesOf(when)).toBeNull();
  });
});

it("keeps the field of an extractor that becomes another", () => {
  const entire = { kind: "entire", field: "body" } as const;
  expect(extractorOf("regex", entire)).toEqual({ kind: "regex", field: "body", regex: "" });
  expect(extractorOf("entire", entire)).toBe(entire);
});
