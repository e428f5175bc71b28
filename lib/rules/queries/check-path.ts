import { patternError } from "#lib/cel/re2";
import { problemsOf } from "#lib/rules/problems";
import type { RuleProblem } from "#lib/rules/problems";
import { compileSet } from "#lib/rules/queries/compile-set";
import type { RuleError } from "#lib/rules/queries/compile-set";
import type { RuleActions, RulePath, RuleSetKind } from "#lib/rules/rule";
import { parsePath, parseTemplate } from "#lib/rules/template";
import { ROOTS } from "#lib/rules/wire-event";

/** Everything that is wrong with rules, or worth knowing about them. `conditions`: where in an expression. */
export type PathCheck = { problems: RuleProblem[]; conditions: RuleError[] };

/** Checks rules as publishing does. */
export function checkPath(kind: RuleSetKind, path: RulePath): PathCheck {
  const { errors } = compileSet({ id: "", kind, name: "", version: 0 }, path);
  const texts = path.sections.flatMap(({ rules }) =>
    rules.flatMap(({ id, label, actions }) => textProblems(id, label, actions)),
  );
  return {
    problems: [...problemsOf(kind, path), ...texts, ...textProblems(null, "The catch-all", path.catchAll)],
    conditions: errors,
  };
}

function textProblems(ruleId: string | null, label: string, actions: RuleActions): RuleProblem[] {
  const reads = [
    ...actions.variables,
    ...(actions.dynamicRoute === null ? [] : [actions.dynamicRoute]),
    ...actions.writes.flatMap(({ from }) => (from.kind === "pattern" ? [from] : [])),
  ];
  const templates = [
    ...(actions.note === null ? [] : [actions.note]),
    ...actions.writes.flatMap(({ from }) => (from.kind === "template" ? [from.template] : [])),
  ];
  const paths = [
    ...reads.map(({ path }) => path),
    ...templates.flatMap((template) =>
      parseTemplate(template).flatMap((part) => (part.kind === "path" ? [part.path] : [])),
    ),
  ];
  const messages = [
    ...paths.flatMap((path) => pathError(path) ?? []),
    ...reads.flatMap(({ pattern }) => patternError(pattern) ?? []),
  ];
  return messages.map((message) => ({ level: "error", ruleId, message: `${label}: ${message}` }));
}

function pathError(path: string): string | null {
  const parsed = parsePath(path);
  if (parsed === null) return `'${path}' is no path, as event.custom_details.env is`;
  return ROOTS.some((root) => root === parsed.root) ? null : `'${path}' must begin with ${ROOTS.join(", ")}`;
}
