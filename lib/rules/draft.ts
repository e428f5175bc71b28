import { NO_ACTIONS } from "#lib/rules/rule";
import type { Rule, RuleActions, RulePath, Section } from "#lib/rules/rule";

/** A rule that does nothing yet. It is only watched until somebody decides otherwise. */
export function newRule(id: string): Rule {
  return {
    id,
    label: "New rule",
    reason: "",
    disabled: false,
    shadow: true,
    when: {
      kind: "simple",
      match: "all",
      comparisons: [{ path: "event.summary", is: "contains", value: "" }],
    },
    threshold: null,
    actions: NO_ACTIONS,
    goTo: null,
  };
}

/** The path with a changed section. */
export function putSection(path: RulePath, section: Section): RulePath {
  return { ...path, sections: path.sections.map((other) => (other.id === section.id ? section : other)) };
}

/** The path with an empty section at its end. */
export function withSection(path: RulePath, id: string): RulePath {
  const name = `Section ${path.sections.length + 1}`;
  return { ...path, sections: [...path.sections, { id, name, rules: [] }] };
}

/** The path without a section; rules that went on in it end there. */
export function withoutSection(path: RulePath, id: string): RulePath {
  const sections = path.sections
    .filter((section) => section.id !== id)
    .map((section) => ({
      ...section,
      rules: section.rules.map((rule) => (rule.goTo === id ? { ...rule, goTo: null } : rule)),
    }));
  return { ...path, sections };
}

/** What an edit changes, a sentence each; none where both do the same. */
export function pathChanges(before: RulePath, after: RulePath): string[] {
  const [was, becomes] = [placesOf(before), placesOf(after)];
  const changes: string[] = [];
  for (const [id, { rule, place }] of becomes) {
    const old = was.get(id);
    if (!old) changes.push(`${rule.label} is new`);
    else if (differs(old.rule, rule)) changes.push(`${rule.label} is changed${partsOf(old.rule, rule)}`);
    else if (old.place !== place) changes.push(`${rule.label} is moved`);
  }
  for (const [id, { rule }] of was) if (!becomes.has(id)) changes.push(`${rule.label} is removed`);
  if (differs(before.catchAll, after.catchAll)) changes.push("the catch-all is changed");
  const names = ({ sections }: RulePath) => sections.map(({ id, name }) => [id, name]);
  if (differs(names(before), names(after))) changes.push("sections are changed");
  return changes;
}

function placesOf({ sections }: RulePath) {
  return new Map(
    sections.flatMap((section) =>
      section.rules.map((rule, index) => [rule.id, { rule, place: `${section.id} ${index}` }] as const),
    ),
  );
}

function partsOf(before: Rule, after: Rule): string {
  const parts: [string, keyof Rule][] = [
    ["its name", "label"],
    ["when it matches", "when"],
    ["its threshold", "threshold"],
    ["what it does", "actions"],
    ["whether it is on", "disabled"],
    ["whether it is only watched", "shadow"],
    ["where it goes on", "goTo"],
  ];
  const changed = parts.flatMap(([name, key]) => (differs(before[key], after[key]) ? [name] : []));
  return changed.length === 0 ? "" : `: ${changed.join(", ")}`;
}

function differs(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

/** What a rule does in words; "changes nothing" where that is so. */
export function actionWords(actions: RuleActions, names: ReadonlyMap<string, string>): string {
  const named = (what: string, id: string | null) =>
    id === null ? null : `${what} ${names.get(id) ?? "that is gone"}`;
  const words = [
    named("route to", actions.routeTo),
    actions.dynamicRoute && `route by the service's ${actions.dynamicRoute.lookUpBy}`,
    actions.drop && "drop",
    actions.suppress && "suppress",
    actions.pauseSeconds && `pause for ${actions.pauseSeconds} s`,
    actions.severity && `severity ${actions.severity}`,
    actions.action && `take as ${actions.action}`,
    actions.urgency && `${actions.urgency} urgency`,
    named("priority", actions.priorityId),
    named("policy", actions.policyId),
    ...actions.writes.map(({ field, key }) => `write ${key === null ? field : `${field}.${key}`}`),
    actions.note && "add a note",
    ...actions.webhooks.map((id) => named("call", id)),
    actions.tags.length > 0 && `tag ${actions.tags.join(", ")}`,
  ].filter((word) => typeof word === "string");
  return words.length === 0 ? "changes nothing" : words.join(", ");
}
