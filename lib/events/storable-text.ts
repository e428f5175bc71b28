const REPLACEMENT = "\uFFFD";
const MAX_QUOTED_LENGTH = 100;
const DIRECTION_CONTROLS = /[\u202A-\u202E\u2066-\u2069]/g;
const LINE_CONTROLS = /[\p{Cc}\u2028\u2029]+/gu;

/** Postgres stores no NUL and no lone surrogate, neither in text nor in jsonb. */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

/** Replaces what Postgres refuses by U+FFFD, so that the rest of a text is kept. */
export function storableText(text: string): string {
  return isStorableText(text) ? text : text.toWellFormed().replaceAll("\0", REPLACEMENT);
}

export function isBlank(text: string): boolean {
  return text.trim() === "";
}

/**
 * One line: line breaks and other control characters become a space, so that a title can't break a header or a message. Characters that turn
 * the direction of what follows are left out: with them a text reads as another one, and so does what stands beside it.
 */
export function singleLine(text: string): string {
  return text.replace(DIRECTION_CONTROLS, "").replace(LINE_CONTROLS, " ").trim();
}

/** What a sender wrote, shortened and in quotes, for a warning that is stored and shown. */
export function quoted(text: string): string {
  return `'${singleLine(truncate(storableText(text), MAX_QUOTED_LENGTH))}'`;
}

/** The first `max` characters, counted as Postgres counts them (code points), never cutting one in half. */
export function truncate(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = 0;
  for (let count = 0; count < max && end < text.length; count += 1) {
    end += isAstral(text, end) ? 2 : 1;
  }
  return text.slice(0, end);
}

function isAstral(text: string, index: number): boolean {
  return (text.codePointAt(index) ?? 0) > 0xffff;
}
