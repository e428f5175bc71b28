/** What somebody wrote back to a page: a word that acts, or something else. */
export type MailAnswer =
  | { kind: "acknowledge" | "resolve" | "escalate" | "confirm" }
  | { kind: "note"; text: string }
  | { kind: "unclear" };

const WORDS: Record<string, "acknowledge" | "resolve" | "escalate" | "confirm" | "note"> = {
  a: "acknowledge",
  ack: "acknowledge",
  acked: "acknowledge",
  acknowledge: "acknowledge",
  acknowledged: "acknowledge",
  "4": "acknowledge",
  res: "resolve",
  resolve: "resolve",
  resolved: "resolve",
  "6": "resolve",
  esc: "escalate",
  escalate: "escalate",
  "8": "escalate",
  note: "note",
  ok: "confirm",
  yes: "confirm",
  arrived: "confirm",
};

const LONGEST_NOTE = 5000;

/**
 * The answer in the text of a reply: its first word. Below what the person wrote mail programs put what they answer to; a word in
 * there, or in a signature, is not the person's.
 */
export function readMailAnswer(text: string): MailAnswer {
  const own = ownWords(text);
  const [, first = "", rest = ""] = /^\W*(\w+)[^\S\n]*[:,.!]?\s*([\s\S]*)$/u.exec(own) ?? [];
  const kind = WORDS[first.toLowerCase()];
  if (kind === undefined) return { kind: "unclear" };
  if (kind !== "note") return { kind };
  const note = rest.trim().slice(0, LONGEST_NOTE);
  return note === "" ? { kind: "unclear" } : { kind, text: note };
}

// Where what the person wrote ends: the line that introduces a quotation, in the forms of common programs, or a signature.
const ENDS: readonly RegExp[] = [
  /^\s*>/,
  /^--\s*$/,
  /^_{10,}\s*$/,
  /^-{2,}\s*(original message|forwarded message|ursprüngliche nachricht|message d'origine)/i,
  /^(from|von|de|da|van)\s*:\s.+/i,
  /^(on|am|le|el|il|op)\s.{4,200}(wrote|schrieb|écrit|escribió|scritto|schreef)\s?:?\s*$/i,
  /^(on|am|le|el|il|op)\s.{4,120}\d{4}.{0,120}$/i,
  /^sent from my \w+/i,
  /^get outlook for /i,
];

/** The lines that the person wrote, without what is quoted below them. */
export function ownWords(text: string): string {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const end = lines.findIndex((line) => ENDS.some((pattern) => pattern.test(line)));
  return (end < 0 ? lines : lines.slice(0, end)).join("\n").trim();
}
