import { createHash, randomInt } from "node:crypto";
import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { apiKeys } from "#db/schema/organisation";
import { users } from "#db/schema/people";
import type { Actor } from "#lib/context";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const LENGTH = 20;

/** A new API key: 20 of [A-Za-z0-9], 119 bits; clients tell keys from OAuth tokens by this length. */
export function newApiKey(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

/** What is stored of a key: SHA-256, hex. A random key of 119 bits needs no slow hash. */
export function hashApiKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** The secret in an Authorization header: `Token token=<key>` (with or without quotes) or `Bearer <key>`. */
export function readApiKey(header: string | null): string | null {
  const match = /^\s*(?:Token\s+token=|Bearer\s+)"?([A-Za-z0-9_\-+/=]{1,256})"?\s*$/i.exec(header ?? "");
  return match?.[1] ?? null;
}

export type ApiCaller = {
  keyId: string;
  /** True: the key belongs to the organisation, and a person is named by the From header. */
  account: boolean;
  scope: "full" | "read";
  actor: Actor;
  now: Date;
};

/**
 * Whom a key speaks for. Null when it is unknown, expired, revoked, or its person is deactivated. A read key has the rights of a
 * stakeholder, whoever made it; a full account key those of an administrator; a full personal key those of its person.
 */
export async function findApiCaller(db: Database, key: string): Promise<ApiCaller | null> {
  const [row] = await db
    .select({
      keyId: apiKeys.id,
      keyName: apiKeys.name,
      scope: apiKeys.scope,
      userId: apiKeys.userId,
      userName: users.name,
      role: users.role,
      timeZone: users.timeZone,
      stale: sql<boolean>`${apiKeys.lastUsedAt} is null or ${apiKeys.lastUsedAt} < now() - interval '1 minute'`,
      nowMs: sql<string>`(extract(epoch from now()) * 1000)::bigint::text`,
    })
    .from(apiKeys)
    .leftJoin(users, eq(users.id, apiKeys.userId))
    .where(
      and(
        eq(apiKeys.hash, hashApiKey(key)),
        isNull(apiKeys.revokedAt),
        or(isNull(apiKeys.expiresAt), sql`${apiKeys.expiresAt} > now()`),
        isNull(users.deactivatedAt),
      ),
    );
  if (!row) return null;
  if (row.stale) await touch(db, row.keyId);
  const now = new Date(Number(row.nowMs));
  const about = { keyId: row.keyId, scope: row.scope, now };
  if (row.userId === null) {
    const role = row.scope === "full" ? "admin" : "stakeholder";
    const actor: Actor = {
      type: "api_key",
      id: row.keyId,
      name: row.keyName,
      role,
      channel: "api",
      timeZone: "Etc/UTC",
    };
    return { ...about, account: true, actor };
  }
  if (row.userName === null || row.role === null) return null;
  const role = row.scope === "full" ? row.role : "stakeholder";
  const timeZone = row.timeZone ?? "Etc/UTC";
  const actor: Actor = { type: "user", id: row.userId, name: row.userName, role, channel: "api", timeZone };
  return { ...about, account: false, actor };
}

async function touch(db: Database, keyId: string): Promise<void> {
  await db
    .update(apiKeys)
    .set({ lastUsedAt: sql`now()` })
    .where(
      and(
        eq(apiKeys.id, keyId),
        or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, sql`now() - interval '1 minute'`)),
      ),
    );
}
