import { evaluate } from "#lib/cel/evaluate";
import type { Evaluated } from "#lib/cel/evaluate";
import { newCompiler } from "#lib/cel/expression";
import type { Compiler, ExpressionContext, ExpressionError } from "#lib/cel/expression";
import { toFact } from "#lib/cel/facts";
import { celOf } from "#lib/rules/condition";
import type { JudgingRule, JudgingSet, Match, Subject } from "#lib/rules/evaluate";
import type { Rule, RulePath, RuleSetRef } from "#lib/rules/rule";
import { ROOTS, wireEvent } from "#lib/rules/wire-event";

/** What keeps a rule's condition from being understood. */
export type RuleError = { ruleId: string; expression: string } & ExpressionError;

const MATCHES: Match = { matches: true, warning: null };
const FAILS: Match = { matches: false, warning: null };

/** Makes a rule set ready to judge. A condition that can't be understood never matches; the errors say which and why. */
export function compileSet(ref: RuleSetRef, path: RulePath): { judging: JudgingSet; errors: RuleError[] } {
  const compiler = newCompiler(ROOTS);
  const errors: RuleError[] = [];
  const contextOf = contextReader(compiler);
  const compileRule = (rule: Rule): JudgingRule => {
    const source = celOf(rule.when);
    if (source === null) return { rule, test: () => MATCHES };
    const compiled = compiler.compile(source);
    if ("expression" in compiled) {
      return { rule, test: (subject) => matchOf(evaluate(compiled.expression, contextOf(subject))) };
    }
    errors.push({ ruleId: rule.id, expression: source, ...compiled.error });
    return { rule, test: () => FAILS };
  };
  const sections = path.sections.map((section) => ({ ...section, rules: section.rules.map(compileRule) }));
  return { judging: { ref, sections, catchAll: path.catchAll }, errors };
}

/** Conditions of one set look at the same event one after the other: it is read once, until a rule changes it. */
function contextReader(compiler: Compiler) {
  let of: Subject | null = null;
  let context: ExpressionContext = {};
  return (subject: Subject): ExpressionContext => {
    if (
      of?.event !== subject.event ||
      of.dedupKey !== subject.dedupKey ||
      of.variables !== subject.variables ||
      of.cache !== subject.cache ||
      of.raw !== subject.raw
    ) {
      context = compiler.read(
        {
          event: toFact(wireEvent(subject)),
          raw: toFact(subject.raw),
          vars: toFact(subject.variables),
          cache: toFact(subject.cache),
        },
        subject.at,
      );
    }
    of = subject;
    return context;
  };
}

function matchOf(result: Evaluated): Match {
  if ("error" in result) return { matches: false, warning: result.error };
  if (result.value === true) return MATCHES;
  return result.value === false
    ? FAILS
    : { matches: false, warning: "its condition is neither true nor false" };
}
