import { eq, sql } from "drizzle-orm";
import webPush from "web-push";
import { z } from "zod";
import type { Database } from "#db/connect";
import { settings } from "#db/schema/organisation";
import { decryptSecret, encryptSecret } from "#lib/crypto/secret";

const KEY = "push.vapid";
const PURPOSE = "push.vapid";
const stored = z.object({ publicKey: z.string(), privateKey: z.string() });

export type PushKeys = { publicKey: string; privateKey: string };

/**
 * This deployment's VAPID key pair (RFC 8292), made on first use. Browsers are subscribed to the public key, so it must never change;
 * of two processes that make one at the same moment the first to write wins, and both use it.
 */
export async function loadPushKeys(db: Database): Promise<PushKeys> {
  return (await readKeys(db)) ?? (await makeKeys(db));
}

async function readKeys(db: Database): Promise<PushKeys | null> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, KEY));
  if (!row) return null;
  const { publicKey, privateKey } = stored.parse(row.value);
  return { publicKey, privateKey: decryptSecret(privateKey, PURPOSE) };
}

async function makeKeys(db: Database): Promise<PushKeys> {
  const made = webPush.generateVAPIDKeys();
  await db
    .insert(settings)
    .values({
      key: KEY,
      value: { publicKey: made.publicKey, privateKey: encryptSecret(made.privateKey, PURPOSE) },
      updatedAt: sql`now()`,
    })
    .onConflictDoNothing();
  const kept = await readKeys(db);
  if (!kept) throw new Error("The push keys were written and can't be read back.");
  return kept;
}
