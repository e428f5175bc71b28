import { createHmac, timingSafeEqual } from "node:crypto";
import { derivedKey } from "#lib/auth/derived-key";

const LIFETIME_MS = 15 * 60_000;
const ID = /^([A-Z0-9]{14})([0-9a-z]{1,11})_([\w-]{22})$/;

/**
 * A code that a person hands to a chat to say who they are: at most 64 of [A-Za-z0-9_-], as Telegram's deep links take it. It is good
 * for 15 minutes, and only as long as `state` (what the person has linked so far) is the same: used once, it is used up.
 */
export function makeLinkCode(userId: string, state: string, now: Date): string {
  const until = (now.getTime() + LIFETIME_MS).toString(36);
  return `${userId}${until}_${mac(userId, until, state)}`;
}

/** Whose code it may be, before it is checked; null: no code of ours. */
export function linkCodeOwner(code: string): string | null {
  return ID.exec(code)?.[1] ?? null;
}

/** Whether the code was made by us for this person, this state, and not too long ago. Compares in constant time. */
export function isLinkCode(code: string, userId: string, state: string, now: Date): boolean {
  const [, owner, until, given] = ID.exec(code) ?? [];
  if (owner !== userId || until === undefined || given === undefined) return false;
  const expected = Buffer.from(mac(userId, until, state));
  const actual = Buffer.from(given);
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return false;
  return Number.parseInt(until, 36) > now.getTime();
}

function mac(userId: string, until: string, state: string): string {
  return createHmac("sha256", derivedKey("link-code"))
    .update(JSON.stringify([userId, until, state]))
    .digest()
    .subarray(0, 16)
    .toString("base64url");
}
