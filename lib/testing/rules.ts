import { NO_ACTIONS } from "#lib/rules/rule";
import type { Rule, RuleActions, RulePath, Section } from "#lib/rules/rule";

/** A rule by its CEL condition; without one it matches always. */
export function ruleOf(
  id: string,
  expression: string | null,
  actions: Partial<RuleActions> = {},
  values: Partial<Rule> = {},
): Rule {
  return {
    id,
    label: `Rule ${id}`,
    reason: "",
    disabled: false,
    shadow: false,
    when: { kind: "cel", expression: expression ?? "" },
    threshold: null,
    actions: { ...NO_ACTIONS, ...actions },
    goTo: null,
    ...values,
  };
}

/** A path of one section, or of several. */
export function pathOf(rules: readonly Rule[], ...more: Section[]): RulePath {
  return { sections: [{ id: "start", name: "Start", rules }, ...more], catchAll: NO_ACTIONS };
}
