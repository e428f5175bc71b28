import type { MailExtractor, MailField, MailParser, MailPredicate } from "#lib/mail-in/mail-rules";

/** One line of a condition as a form has it. */
export type MailLine = {
  negated: boolean;
  kind: "contains" | "exactly" | "regex";
  field: MailField;
  value: string;
};
export type MailLines = { match: "all" | "any"; lines: readonly MailLine[] };

/** A condition as lines; null: it nests deeper than lines can say. */
export function linesOf(when: MailPredicate): MailLines | null {
  if (when.kind === "all" || when.kind === "any") {
    const lines = when.of.map(lineOf);
    return lines.some((line) => line === null)
      ? null
      : { match: when.kind, lines: lines.filter((line) => line !== null) };
  }
  const line = lineOf(when);
  return line === null ? null : { match: "all", lines: [line] };
}

function lineOf(predicate: MailPredicate): MailLine | null {
  const inner = predicate.kind === "not" ? predicate.of : predicate;
  if (!("field" in inner)) return null;
  const { kind, field, value } = inner;
  return { negated: predicate.kind === "not", kind, field, value };
}

/** The condition that lines say. */
export function predicateOf({ match, lines }: MailLines): MailPredicate {
  const each = lines.map(({ negated, kind, field, value }): MailPredicate => {
    const leaf = { kind, field, value };
    return negated ? { kind: "not", of: leaf } : leaf;
  });
  const [only] = each;
  return each.length === 1 && only ? only : { kind: match, of: each };
}

/** A rule that is not filled in yet. */
export const NEW_PARSER: MailParser = {
  action: "trigger",
  when: { kind: "contains", field: "subject", value: "" },
  key: { kind: "entire", field: "subject" },
  values: [],
};

/** The extractor of another kind, with what both have. */
export function extractorOf(kind: MailExtractor["kind"], before: MailExtractor): MailExtractor {
  const { field } = before;
  if (kind === before.kind) return before;
  switch (kind) {
    case "entire":
      return { kind, field };
    case "regex":
      return { kind, field, regex: "" };
    case "between":
      return { kind, field, startsAfter: "", endsBefore: "" };
  }
}
