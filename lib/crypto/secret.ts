import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { derivedKey } from "#lib/auth/derived-key";

const FORMAT = "v1";

/** A stored secret that this deployment can't read, now or later. */
export class UnreadableSecret extends Error {}

/**
 * Encrypts a secret for rest (AES-256-GCM, a key per purpose). The purpose is bound in, so that a value copied into another column
 * doesn't decrypt there. Answers text: `v1.<nonce>.<tag>.<ciphertext>`, base64url.
 */
export function encryptSecret(plain: string, purpose: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", derivedKey(`secret/${purpose}`), nonce);
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return [FORMAT, ...[nonce, cipher.getAuthTag(), body].map((part) => part.toString("base64url"))].join(".");
}

/** The secret again. Throws UnreadableSecret when the value was altered, belongs to another purpose, or TOUCHLINE_SECRET has changed since. */
export function decryptSecret(stored: string, purpose: string): string {
  const [format, nonce, tag, body] = stored.split(".");
  if (format !== FORMAT || nonce === undefined || tag === undefined || body === undefined) {
    throw new UnreadableSecret("A stored secret has an unknown format.");
  }
  try {
    const key = derivedKey(`secret/${purpose}`);
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64url"), {
      authTagLength: 16,
    });
    decipher.setAuthTag(Buffer.from(tag, "base64url"));
    return Buffer.concat([decipher.update(Buffer.from(body, "base64url")), decipher.final()]).toString(
      "utf8",
    );
  } catch (cause) {
    throw new UnreadableSecret(
      "A stored secret can't be read: it was written under another TOUCHLINE_SECRET.",
      {
        cause,
      },
    );
  }
}
