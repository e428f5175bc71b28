import { pclToCel } from "#lib/rules/pcl";
import type { Comparing, Comparison, RuleCondition } from "#lib/rules/rule";

/** The CEL of a condition; null: it holds always. */
export function celOf(when: RuleCondition): string | null {
  if (when.kind === "cel") return when.expression.trim() === "" ? null : when.expression;
  if (when.kind === "listed") return listedCel(when.expressions);
  if (when.comparisons.length === 0) return null;
  const joined = when.comparisons.map(comparisonCel);
  if (joined.length === 1) return joined[0] ?? null;
  return joined.join(when.match === "all" ? " && " : " || ");
}

/** What can't be read as PagerDuty's language is CEL. */
function listedCel(expressions: readonly string[]): string | null {
  const each = expressions.map((expression) => {
    const translated = pclToCel(expression);
    return "cel" in translated ? translated.cel : expression;
  });
  if (each.length <= 1) return each[0] ?? null;
  return each.map((cel) => `(${cel})`).join(" || ");
}

function comparisonCel({ path, is, value }: Comparing): string {
  const place = path.trim();
  const text = JSON.stringify(value);
  // What compares texts reads numbers and truth values as texts.
  const asText = `(${place} == null ? "" : string(${place}))`;
  const forms: Record<Comparison, string> = {
    is: `${asText} == ${text}`,
    "is not": `${asText} != ${text}`,
    contains: `${asText}.contains(${text})`,
    "does not contain": `!${asText}.contains(${text})`,
    "starts with": `${asText}.startsWith(${text})`,
    matches: `matchesRe(${asText}, ${text})`,
    "is more than": `(${place} != null && double(${place}) > ${numberOf(value)})`,
    "is less than": `(${place} != null && double(${place}) < ${numberOf(value)})`,
    "is present": `${place} != null`,
    "is missing": `${place} == null`,
  };
  return forms[is];
}

function numberOf(value: string): string {
  const number = Number(value);
  return value.trim() !== "" && Number.isFinite(number) ? number.toFixed(6) : "not a number";
}

/** A condition in words, for lists. */
export function conditionWords(when: RuleCondition): string {
  if (when.kind === "cel") return when.expression.trim() === "" ? "always" : when.expression;
  if (when.kind === "listed") return when.expressions.length === 0 ? "always" : when.expressions.join(" or ");
  if (when.comparisons.length === 0) return "always";
  const words = when.comparisons.map(({ path, is, value }) =>
    is === "is present" || is === "is missing" ? `${path} ${is}` : `${path} ${is} "${value}"`,
  );
  return words.join(when.match === "all" ? " and " : " or ");
}
