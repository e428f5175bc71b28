import { patternError, search } from "#lib/cel/re2";
import type { Match } from "#lib/mail-in/mail-rules";

/** The first match of an RE2 pattern, without case. A pattern that can't be compiled matches nothing: the settings refuse those. */
export const matchRe2: Match = (pattern, text) => {
  if (patternError(pattern) !== null) return null;
  const matcher = search(pattern, text, { anyCase: true });
  if (matcher === null) return null;
  return Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group));
};
