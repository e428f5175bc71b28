import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { newShortCode, shortCodeHash } from "#lib/crypto/short-code";

/** The code of a one-tap link that fits into a text, good for 24 hours. Of a text that is sent again, each has its own. */
export async function makeShortLink(db: Database, deliveryId: string): Promise<string> {
  const code = newShortCode();
  await db.execute(sql`
    with gone as (delete from short_links where expires_at < now() - interval '1 day')
    insert into short_links (hash, delivery_id, expires_at)
    values (${shortCodeHash(code)}, ${deliveryId}, now() + interval '24 hours')`);
  return code;
}
