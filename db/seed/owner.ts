import { randomBytes } from "node:crypto";
import { apiKeys } from "#db/schema/organisation";
import { contactMethods, notificationRules, users } from "#db/schema/people";
import { hashApiKey, newApiKey } from "#lib/auth/api-key";
import { hashPassword } from "#lib/auth/password";
import type { Transaction } from "#lib/context";
import { newId } from "#lib/ids";
import { URGENCIES } from "#lib/incidents/vocabulary";

export const OWNER_EMAIL = "owner@example.com";

/** An integration key or another secret of 32 hex digits. */
export function newIntegrationKey(): string {
  return randomBytes(16).toString("hex");
}

export function newPassword(): string {
  return randomBytes(12).toString("base64url");
}

export type Owner = { userId: string; apiKey: string; passwordHash: string };

/** The organisation's first person, reachable by e-mail at once, and an account API key. */
export async function insertOwner(tx: Transaction, now: Date, password: string): Promise<Owner> {
  const userId = newId(now.getTime());
  const contactMethodId = newId(now.getTime());
  const passwordHash = await hashPassword(password);
  await tx.insert(users).values({
    id: userId,
    name: "Organisation owner",
    email: OWNER_EMAIL,
    passwordHash,
    role: "owner",
    createdAt: now,
    updatedAt: now,
  });
  await tx.insert(contactMethods).values({
    id: contactMethodId,
    userId,
    channel: "email",
    label: "E-mail",
    address: OWNER_EMAIL,
    verifiedAt: now,
    createdAt: now,
  });
  await tx.insert(notificationRules).values(
    URGENCIES.map((urgency) => ({
      id: newId(now.getTime()),
      userId,
      contactMethodId,
      urgency,
      delayMinutes: 0,
      createdAt: now,
    })),
  );
  const apiKey = newApiKey();
  await tx.insert(apiKeys).values({
    id: newId(now.getTime()),
    name: "First key",
    scope: "full",
    hash: hashApiKey(apiKey),
    lastFour: apiKey.slice(-4),
    createdBy: userId,
    createdAt: now,
  });
  return { userId, apiKey, passwordHash };
}
