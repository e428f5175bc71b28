import type { Subject } from "#lib/rules/evaluate";
import { parsePath, parseTemplate } from "#lib/rules/template";
import { ROOTS, wireEvent } from "#lib/rules/wire-event";

/** The rule that calls, in the version that did. */
export type CallRule = { setId: string; version: number; ruleId: string; label: string };

/** What is sent where a webhook has no template. */
export function callDocument(rule: CallRule, subject: Subject, integrationId: string): string {
  return JSON.stringify({
    type: "rule.matched",
    at: subject.at.toISOString(),
    rule: { set_id: rule.setId, version: rule.version, id: rule.ruleId, label: rule.label },
    integration_id: integrationId,
    event: wireEvent(subject),
    variables: subject.variables,
    cache: subject.cache,
    tags: subject.tags,
  });
}

/**
 * A JSON text with its placeholders filled in, what is missing as an empty text. Each value is escaped for the inside of a JSON string,
 * so that it can't get out of one.
 */
export function fillCallTemplate(template: string, valueAt: (path: string) => string | null): string {
  return parseTemplate(template)
    .map((part) => (part.kind === "text" ? part.text : JSON.stringify(valueAt(part.path) ?? "").slice(1, -1)))
    .join("");
}

/** What is wrong with a template, in a sentence; null: it gives JSON whatever an event says. */
export function callTemplateFault(template: string): string | null {
  for (const part of parseTemplate(template)) {
    if (part.kind === "text") continue;
    const parsed = parsePath(part.path);
    if (parsed === null || !ROOTS.some((root) => root === parsed.root))
      return `'${part.path}' is no path that begins with ${ROOTS.join(", ")}`;
  }
  try {
    // A value that would break JSON outside of quotes.
    JSON.parse(fillCallTemplate(template, () => 'no "value'));
    return null;
  } catch {
    return "Filled in it is not JSON; put every placeholder into quotes";
  }
}
