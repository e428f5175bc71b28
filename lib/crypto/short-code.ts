import { createHash, randomInt } from "node:crypto";

// Without characters that are taken for one another when read from a small screen.
const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz";
/** More than 63 bits. */
const LENGTH = 11;

/** A code for the address of a one-tap link, short enough for a text. */
export function newShortCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join("");
}

/** Under which a code is stored: who reads the database can't follow its links. Null: it is no such code. */
export function shortCodeHash(code: string): string | null {
  if (code.length !== LENGTH) return null;
  return createHash("sha256").update(`short-link/${code}`).digest("base64url");
}
