import { conditionWords } from "#lib/rules/condition";
import { actionWords } from "#lib/rules/draft";
import type { Rule } from "#lib/rules/rule";

/** A rule with its place in its section, from 0. */
export type PlacedRule = { rule: Rule; index: number };

/** The rules whose name, reason, condition or actions, as they are shown, have all of these words. No words: all rules. */
export function findRules(
  rules: readonly Rule[],
  words: string,
  names: ReadonlyMap<string, string>,
): PlacedRule[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return rules.flatMap((rule, index) => {
    if (wanted.length === 0) return { rule, index };
    const text = [rule.label, rule.reason, conditionWords(rule.when), actionWords(rule.actions, names)]
      .join(" ")
      .toLowerCase();
    return wanted.every((word) => text.includes(word)) ? { rule, index } : [];
  });
}
