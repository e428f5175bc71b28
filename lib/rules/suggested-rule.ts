import { templatePattern } from "#lib/noise/template-pattern";
import { templateText } from "#lib/noise/templates";
import { newRule } from "#lib/rules/draft";
import type { Rule, RulePath } from "#lib/rules/rule";

/** What a rule about a kind of alert can be suggested to do. */
export const SUGGESTIONS = ["pause", "suppress"] as const;
export type Suggestion = (typeof SUGGESTIONS)[number];

const SUGGESTED_PAUSE_SECONDS = 300;
const LONGEST_NAME = 80;

/**
 * A rule about the alerts of a kind, only watched until somebody decides otherwise. One of each suggestion and kind has one id, so that
 * what was suggested before is found again.
 */
export function suggestedRule(
  kind: { id: string; tokens: readonly string[] },
  suggestion: Suggestion,
  because: string,
): Rule {
  const rule = newRule(`${suggestion}-${kind.id}`);
  const text = templateText(kind.tokens);
  const name = text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME - 1)}…` : text;
  return {
    ...rule,
    label: suggestion === "pause" ? `Wait with: ${name}` : `Suppress: ${name}`,
    reason: because,
    when: {
      kind: "simple",
      match: "all",
      comparisons: [{ path: "event.summary", is: "matches", value: templatePattern(kind.tokens) }],
    },
    actions:
      suggestion === "pause"
        ? { ...rule.actions, pauseSeconds: SUGGESTED_PAUSE_SECONDS }
        : { ...rule.actions, suppress: true },
  };
}

/** The path with a suggested rule before all others, which it would come too late after; as it is where it is there already. */
export function withSuggestion(path: RulePath, rule: Rule): RulePath {
  const [first, ...later] = path.sections;
  if (first === undefined || hasRule(path, rule.id)) return path;
  return { ...path, sections: [{ ...first, rules: [rule, ...first.rules] }, ...later] };
}

export function hasRule({ sections }: RulePath, ruleId: string): boolean {
  return sections.some(({ rules }) => rules.some(({ id }) => id === ruleId));
}
