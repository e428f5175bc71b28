// The default alphabet of GSM texts and its extension, whose characters take two places (3GPP TS 23.038, 6.2.1).
const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENSION = new Set("^{}\\[~]|€");

const STAND_INS: Record<string, string> = {
  "‘": "'",
  "’": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "–": "-",
  "—": "-",
  "−": "-",
  "…": "...",
  "·": "-",
  "•": "-",
  "×": "x",
  "→": "->",
  "←": "<-",
  "≥": ">=",
  "≤": "<=",
  "\t": " ",
  "\u00A0": " ",
  "\u202F": " ",
};

/** One text of 160 places (septets) is sent whole; a longer one is cut into several that may come apart. */
export const TEXT_PLACES = 160;

/** How many of a text's 160 places it takes. Only for text of the GSM alphabet. */
export function placesOf(text: string): number {
  let places = 0;
  for (const character of text) places += EXTENSION.has(character) ? 2 : 1;
  return places;
}

/** The text in the GSM alphabet: look-alikes and bare letters for what it lacks, and `?` for what has none. */
export function gsmText(text: string): string {
  let written = "";
  for (const character of text) written += gsmCharacter(character);
  return written;
}

function gsmCharacter(character: string): string {
  if (BASIC.has(character) || EXTENSION.has(character)) return character;
  const standIn = STAND_INS[character];
  if (standIn !== undefined) return standIn;
  const bare = character.normalize("NFKD").replace(/\p{M}/gu, "");
  return isWritable(bare) ? bare : "?";
}

function isWritable(text: string): boolean {
  for (const character of text) if (!BASIC.has(character) && !EXTENSION.has(character)) return false;
  return text !== "";
}

/** At most so many places of a GSM text, with two dots where it was cut. */
export function cutGsm(text: string, places: number): string {
  if (placesOf(text) <= places) return text;
  let kept = "";
  let taken = 0;
  for (const character of text) {
    const size = EXTENSION.has(character) ? 2 : 1;
    if (taken + size > places - 2) break;
    kept += character;
    taken += size;
  }
  return places < 3 ? "" : `${kept.trimEnd()}..`;
}

/** Whether so much of a text was lost in the GSM alphabet that the rest says nothing. */
export function isIllegible(text: string): boolean {
  const letters = Array.from(text.replace(/[\s\p{P}\d]/gu, ""));
  const lost = letters.filter((character) => gsmCharacter(character) === "?").length;
  return lost * 2 > letters.length;
}
