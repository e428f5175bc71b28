import { RE2JS } from "re2js";

const MOST = 5000;
/** Longer patterns are refused: compiling takes memory in proportion. */
export const MAX_PATTERN_LENGTH = 1000;

const compiled = new Map<string, RE2JS>();

/**
 * A regular expression of users, with the semantics of RE2: it takes time in proportion to the text, whatever the pattern. Compiled
 * once a process. `anyCase`: whatever the case of letters. Throws where it is no such pattern; `patternError` says why.
 */
export function re2(pattern: string, { anyCase = false }: { anyCase?: boolean } = {}): RE2JS {
  const source = anyCase ? `(?i)${pattern}` : pattern;
  const known = compiled.get(source);
  if (known) return known;
  if (pattern.length > MAX_PATTERN_LENGTH)
    throw new Error(`A pattern has at most ${MAX_PATTERN_LENGTH} characters`);
  const fresh = RE2JS.compile(source);
  if (compiled.size >= MOST) compiled.clear();
  compiled.set(source, fresh);
  return fresh;
}

/** Why a text is no pattern; null: it is one. */
export function patternError(pattern: string): string | null {
  try {
    re2(pattern);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What a pattern finds in a text: its groups one after the other, the whole match where it has none; null: it isn't found. */
export function extract(pattern: string, text: string): string | null {
  const matcher = re2(pattern).matcher(text);
  if (!matcher.find()) return null;
  const groups = matcher.groupCount();
  if (groups === 0) return matcher.group() ?? "";
  return Array.from({ length: groups }, (_, index) => matcher.group(index + 1) ?? "").join("");
}
