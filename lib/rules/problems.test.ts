import { describe, expect, test } from "vitest";
import { problemsOf } from "#lib/rules/problems";
import type { Comparing, Rule } from "#lib/rules/rule";
import { pathOf, ruleOf } from "#lib/testing/rules";

const on = (path: string, value: string): Comparing => ({ path, is: "is", value });

function simple(
  id: string,
  comparisons: Comparing[],
  match: "all" | "any" = "all",
  values: Partial<Rule> = {},
): Rule {
  return ruleOf(id, null, {}, { when: { kind: "simple", match, comparisons }, ...values });
}

const messages = (rules: Rule[]) => problemsOf("service", pathOf(rules)).map(({ message }) => message);

describe("rules that are never reached", () => {
  test("are those behind one that always matches", () => {
    expect(messages([ruleOf("1", null), ruleOf("2", `event.source == "a"`)])).toEqual([
      "Rule 2 is never reached: Rule 1, above it, matches every event.",
    ]);
  });

  test("are those behind the same condition, or a part of it", () => {
    const wide = simple("1", [on("event.source", "a")]);
    const narrow = simple("2", [on("event.class", "b"), on("event.source", "a")]);
    expect(messages([wide, narrow])).toHaveLength(1);
    expect(messages([narrow, wide])).toEqual([]);
    expect(messages([simple("1", [on("event.source", "a"), on("event.class", "b")], "any"), narrow])).toEqual(
      [],
    );
  });

  test("are not those behind a rule that is off, only watched, or counts first", () => {
    const always = (values: Partial<Rule>) => [
      ruleOf("1", null, {}, values),
      ruleOf("2", `event.source == "a"`),
    ];
    expect(messages(always({ disabled: true }))).toEqual([]);
    expect(messages(always({ shadow: true }))).toEqual([]);
    expect(messages(always({ threshold: { moreThan: 5, withinSeconds: 600 } }))).toEqual([]);
  });

  test("are those of a section that no rule goes on in", () => {
    const path = pathOf([ruleOf("1", null)], { id: "more", name: "More", rules: [ruleOf("2", null)] });
    expect(problemsOf("service", path)).toMatchObject([
      { level: "warning", message: expect.stringContaining("More") },
    ]);
  });
});

describe("rules that can't be", () => {
  test("go back, or on in a section that is not there", () => {
    const path = pathOf([ruleOf("1", null, {}, { goTo: "start" }), ruleOf("2", null, {}, { goTo: "gone" })]);
    expect(problemsOf("service", path).filter(({ level }) => level === "error")).toHaveLength(2);
  });

  test("drop outside the global rules, route outside the router", () => {
    const drops = pathOf([ruleOf("1", null, { drop: true })]);
    const routes = pathOf([ruleOf("1", null, { routeTo: "S" })]);
    expect(problemsOf("global", drops)).toEqual([]);
    expect(problemsOf("router", routes)).toEqual([]);
    expect(problemsOf("service", drops)).toMatchObject([{ level: "error", ruleId: "1" }]);
    expect(problemsOf("global", routes)).toMatchObject([{ level: "error", ruleId: "1" }]);
  });
});
