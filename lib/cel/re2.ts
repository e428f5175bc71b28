import { RE2JS } from "re2js";
import type { Matcher } from "re2js";
import { takeWork } from "#lib/cel/work";

const MOST = 5000;
/** Longer patterns are refused: compiling takes memory in proportion. */
export const MAX_PATTERN_LENGTH = 1000;

const compiled = new Map<string, RE2JS>();

/** Steps of a compiled pattern, which a repetition multiplies; each may have to be taken for every character of a text. */
const MOST_STEPS = 600;
/** What a pattern may take of the process that pages: a tenth of a second or so. */
const MOST_WORK = 3_000_000;

type Options = { anyCase?: boolean };

/**
 * Looks for a regular expression of users, with the semantics of RE2: it takes time in proportion to pattern and text. Of a text, as many
 * characters are read as that allows: hundreds of thousands for a plain pattern, 5,000 for the largest. `anyCase`: whatever the case of
 * letters. Answers the matcher that stands on the first match; null: there is none. Throws where it is no such pattern; `patternError` says
 * why.
 */
export function search(pattern: string, text: string, options: Options = {}): Matcher | null {
  const expression = compile(pattern, options);
  const size = expression.programSize();
  const read = text.slice(0, Math.ceil(MOST_WORK / size));
  takeWork(read.length * size);
  const matcher = expression.matcher(read);
  return matcher.find() ? matcher : null;
}

/** Once a process. */
function compile(pattern: string, { anyCase = false }: Options): RE2JS {
  const source = anyCase ? `(?i)${pattern}` : pattern;
  const known = compiled.get(source);
  if (known) return known;
  if (pattern.length > MAX_PATTERN_LENGTH)
    throw new Error(`A pattern has at most ${MAX_PATTERN_LENGTH} characters`);
  const fresh = RE2JS.compile(source);
  if (fresh.programSize() > MOST_STEPS) throw new Error("A pattern can't repeat so much");
  if (compiled.size >= MOST) compiled.clear();
  compiled.set(source, fresh);
  return fresh;
}

/** Why a text is no pattern; null: it is one. */
export function patternError(pattern: string): string | null {
  try {
    compile(pattern, {});
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What a pattern finds in a text: its groups one after the other, the whole match where it has none; null: it isn't found. */
export function extract(pattern: string, text: string): string | null {
  const matcher = search(pattern, text);
  if (matcher === null) return null;
  const groups = matcher.groupCount();
  if (groups === 0) return matcher.group() ?? "";
  return Array.from({ length: groups }, (_, index) => matcher.group(index + 1) ?? "").join("");
}
