import { RE2JS } from "re2js";
import type { Match } from "#lib/mail-in/mail-rules";

const MOST_COMPILED = 500;
const compiled = new Map<string, RE2JS | null>();

/** The first match of an RE2 pattern, without case. A pattern that can't be compiled matches nothing: the settings refuse those. */
export const matchRe2: Match = (pattern, text) => {
  const matcher = compile(pattern)?.matcher(text);
  if (!matcher?.find()) return null;
  return Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group));
};

/** Why a pattern is no RE2; null: it is one. */
export function re2Problem(pattern: string): string | null {
  try {
    RE2JS.compile(pattern);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function compile(pattern: string): RE2JS | null {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  if (compiled.size >= MOST_COMPILED) compiled.clear();
  const made = re2Problem(pattern) === null ? RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE) : null;
  compiled.set(pattern, made);
  return made;
}
