import { eq, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { deliveries } from "#db/schema/notifications";
import { shortLinks } from "#db/schema/telephony";
import type { OneTap } from "#lib/crypto/one-tap-token";
import { shortCodeHash } from "#lib/crypto/short-code";

/** What a short link stands for; null: it is none. */
export async function readShortLink(db: Database, code: string): Promise<OneTap | "expired" | null> {
  const hash = shortCodeHash(code);
  if (hash === null) return null;
  const [row] = await db
    .select({
      incidentId: deliveries.incidentId,
      userId: deliveries.userId,
      deliveryId: deliveries.id,
      channel: deliveries.channel,
      isGood: sql<boolean>`${shortLinks.expiresAt} > now()`,
    })
    .from(shortLinks)
    .innerJoin(deliveries, eq(deliveries.id, shortLinks.deliveryId))
    .where(eq(shortLinks.hash, hash));
  if (!row) return null;
  const { isGood, ...oneTap } = row;
  return isGood ? oneTap : "expired";
}
