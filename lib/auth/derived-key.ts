import { hkdfSync } from "node:crypto";
import { env } from "#lib/env";

/** 32 bytes for one purpose, derived from the one secret (HKDF-SHA256, RFC 5869): no two purposes share a key. */
export function derivedKey(purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", env().secret, "touchline", purpose, 32));
}
