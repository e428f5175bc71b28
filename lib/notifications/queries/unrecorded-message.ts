import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";

/**
 * The provider's id of a message that it took for this send without the result having been recorded, because whoever sent it died in
 * between; null: there is none. Such a message is on its way and is not sent again.
 */
export async function readUnrecordedMessage(db: Database, deliveryId: string): Promise<string | null> {
  const [row] = await db.execute<{ externalId: string }>(sql`
    select m.external_id as "externalId" from telephony_messages m
    where m.delivery_id = ${deliveryId} and not exists (
      select from delivery_states s
      where s.delivery_id = m.delivery_id and s.at >= m.at and s.state not in ('queued', 'sending')
    )
    order by m.at desc limit 1`);
  return row?.externalId ?? null;
}
