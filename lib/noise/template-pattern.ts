/** What may stand between two words of a masked text: its separators, and what is dropped with them. */
const BETWEEN = "\\W*";
/** A kind with more words, or characters of them, may be of texts that were cut before their end. */
const MOST_WORDS = 60;
const MOST_CHARACTERS = 300;
/** Characters of a pattern. */
const LONGEST = 900;

/** How what differs within a kind is written, by its class. */
const CLASSES: Readonly<Record<string, string>> = {
  uuid: "[0-9a-f-]{36}",
  time: "\\d[\\d:.tz +-]*",
  ip: "\\d+\\.\\d+\\.\\d+\\.\\d+(?::\\d+)?",
  hex: "(?:0x)?[0-9a-f]+",
  percent: "\\d+(?:\\.\\d+)?\\s?%",
  number: "[+-]?\\d[\\w.,]*",
  "*": ".+?",
};
const CLASS = /<(uuid|time|ip|hex|percent|number|\*)>/;

/**
 * A pattern in RE2 syntax that finds the texts of a kind (its words, as maskedTokens makes them), whatever differs between them. Long
 * kinds are known by how they begin.
 */
export function templatePattern(tokens: readonly string[]): string {
  const words = tokens.map((token) =>
    token
      .split(CLASS)
      // Every other part is the name of a class.
      .map((part, index) => (index % 2 === 1 ? CLASSES[part] : escaped(part)))
      .join(""),
  );
  const isWhole = tokens.length < MOST_WORDS && tokens.join(" ").length < MOST_CHARACTERS;
  let pattern = `(?is)^${BETWEEN}${words[0] ?? ""}`;
  for (const word of words.slice(1)) {
    const longer = `${pattern}${BETWEEN}${word}`;
    if (longer.length > LONGEST) return pattern;
    pattern = longer;
  }
  return isWhole ? `${pattern}${BETWEEN}$` : pattern;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
