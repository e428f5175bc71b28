import { celOf } from "#lib/rules/condition";
import type { Comparing, Rule, RuleActions, RulePath, RuleSetKind, Section } from "#lib/rules/rule";

/** What keeps a path from being published (`error`), or what its author should know (`warning`). */
export type RuleProblem = { level: "error" | "warning"; ruleId: string | null; message: string };

/** Looks for what can't be: unknown sections, circles, actions out of place; and for rules that nothing ever reaches. */
export function problemsOf(kind: RuleSetKind, path: RulePath): RuleProblem[] {
  return [...structure(path), ...outOfPlace(kind, path), ...unreachable(path)];
}

function structure(path: RulePath): RuleProblem[] {
  const problems: RuleProblem[] = [];
  const order = new Map(path.sections.map(({ id }, index) => [id, index]));
  if (order.size < path.sections.length) problems.push(error(null, "Two sections have the same id."));
  const seen = new Set<string>();
  for (const [index, section] of path.sections.entries()) {
    for (const rule of section.rules) {
      if (seen.has(rule.id)) problems.push(error(rule.id, `Two rules have the id ${rule.id}.`));
      seen.add(rule.id);
      const target = rule.goTo === null ? null : (order.get(rule.goTo) ?? -1);
      if (target === -1)
        problems.push(error(rule.id, `${rule.label} goes on in a section that is not there.`));
      else if (target !== null && target <= index)
        problems.push(
          error(rule.id, `${rule.label} goes back to a section; rules go on in later sections only.`),
        );
    }
  }
  return problems;
}

function outOfPlace(kind: RuleSetKind, path: RulePath): RuleProblem[] {
  const each = (ruleId: string | null, label: string, actions: RuleActions): RuleProblem[] => [
    ...(actions.drop && kind !== "global"
      ? [error(ruleId, `${label} drops events; only global rules can.`)]
      : []),
    ...((actions.routeTo !== null || actions.dynamicRoute !== null) && kind !== "router"
      ? [error(ruleId, `${label} chooses a service; only the router can.`)]
      : []),
    ...actions.writes.flatMap(({ field, key }) =>
      field === "custom_details" && key === null
        ? [error(ruleId, `${label} writes a custom detail without its name.`)]
        : [],
    ),
  ];
  return [
    ...path.sections.flatMap(({ rules }) => rules.flatMap((rule) => each(rule.id, rule.label, rule.actions))),
    ...each(null, "The catch-all", path.catchAll),
  ];
}

function unreachable(path: RulePath): RuleProblem[] {
  const targets = new Set(path.sections.flatMap(({ rules }) => rules.flatMap(({ goTo }) => goTo ?? [])));
  return [
    ...path.sections
      .slice(1)
      .flatMap((section) =>
        targets.has(section.id)
          ? []
          : [warning(null, `No rule goes on in the section ${section.name}, so its rules never match.`)],
      ),
    ...path.sections.flatMap(shadowed),
  ];
}

/** Rules of a section behind one that matches whatever they match. */
function shadowed({ rules }: Section): RuleProblem[] {
  return rules.flatMap((rule, index) => {
    if (rule.disabled) return [];
    const before = rules.slice(0, index).find((earlier) => covers(earlier, rule));
    if (!before) return [];
    const because =
      celOf(before.when) === null ? "matches every event" : "matches whatever this one would match";
    return [warning(rule.id, `${rule.label} is never reached: ${before.label}, above it, ${because}.`)];
  });
}

function covers(earlier: Rule, later: Rule): boolean {
  if (earlier.disabled || earlier.shadow || earlier.threshold !== null) return false;
  const [first, second] = [celOf(earlier.when), celOf(later.when)];
  if (first === null || first === second) return true;
  const [wide, narrow] = [all(earlier), all(later)];
  return wide !== null && narrow !== null && wide.every((one) => narrow.some((other) => same(one, other)));
}

/** The comparisons that must all hold; null where that can't be told. */
function all({ when }: Rule): readonly Comparing[] | null {
  if (when.kind !== "simple" || when.comparisons.length === 0) return null;
  return when.match === "all" || when.comparisons.length === 1 ? when.comparisons : null;
}

function same(one: Comparing, other: Comparing): boolean {
  return one.path.trim() === other.path.trim() && one.is === other.is && one.value === other.value;
}

function error(ruleId: string | null, message: string): RuleProblem {
  return { level: "error", ruleId, message };
}

function warning(ruleId: string | null, message: string): RuleProblem {
  return { level: "warning", ruleId, message };
}
