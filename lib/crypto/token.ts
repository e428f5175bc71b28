import { createHmac, timingSafeEqual } from "node:crypto";
import { derivedKey } from "#lib/auth/derived-key";

// Longer than any token we make; keeps what a stranger sends from being hashed at length.
const MAX_LENGTH = 1024;

/** A statement that only this deployment can make: `<payload>.<HMAC-SHA256>`, base64url. Readable by anyone who holds it. */
export function signToken(payload: unknown, purpose: string): string {
  const body = Buffer.from(JSON.stringify(payload)).toString("base64url");
  return `${body}.${mac(body, purpose).toString("base64url")}`;
}

/** The payload, or null when the token was not made by us for this purpose. Compares in constant time. Expiry is the caller's. */
export function verifyToken(token: string, purpose: string): unknown {
  if (token.length > MAX_LENGTH) return null;
  const at = token.indexOf(".");
  if (at < 1) return null;
  const body = token.slice(0, at);
  const given = Buffer.from(token.slice(at + 1), "base64url");
  const expected = mac(body, purpose);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return JSON.parse(Buffer.from(body, "base64url").toString());
}

function mac(body: string, purpose: string): Buffer {
  return createHmac("sha256", derivedKey(`token/${purpose}`))
    .update(body)
    .digest();
}
