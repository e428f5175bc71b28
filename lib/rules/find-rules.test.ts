import { expect, test } from "vitest";
import { findRules } from "#lib/rules/find-rules";
import { compactPath, completePath } from "#lib/rules/rule";
import { pathOf, ruleOf } from "#lib/testing/rules";

const rules = [
  ruleOf("a", 'event.source == "staging"', { suppress: true }, { label: "Staging sleeps" }),
  ruleOf("b", null, { policyId: "P1" }, { label: "Payments first", reason: "The regulator asks" }),
];
const names = new Map([["P1", "Payments on call"]]);
const found = (words: string) => findRules(rules, words, names).map(({ index }) => index);

test("rules are found by their names, reasons, conditions and what they do, in words", () => {
  expect(found("")).toEqual([0, 1]);
  expect(found("STAGING suppress")).toEqual([0]);
  expect(found("regulator")).toEqual([1]);
  expect(found("on call")).toEqual([1]);
  expect(found("staging regulator")).toEqual([]);
});

test("a compact path has only what rules do, and is complete again as it was", () => {
  const path = pathOf(rules);
  const compact = compactPath(path);
  expect(compact.sections[0]?.rules.map(({ actions }) => actions)).toEqual([
    { suppress: true },
    { policyId: "P1" },
  ]);
  expect(compact.catchAll).toEqual({});
  expect(JSON.stringify(completePath(compact))).toBe(JSON.stringify(path));
});
