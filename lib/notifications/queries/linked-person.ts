import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import type { Channel } from "#lib/notifications/vocabulary";

/**
 * The active person behind an account of a chat (a Slack member, a Telegram chat), by their contact methods. The addressee of the
 * message in question comes first: that it was sent to this account is what links them. For others' messages the account must have
 * been verified, so that nobody can make a colleague's clicks their own by typing in that colleague's id.
 */
export async function findLinkedPerson(
  db: Database,
  input: { channel: Channel; account: string; deliveryId: string },
): Promise<string | null> {
  const [row] = await db.execute<{ userId: string }>(sql`
    select m.user_id as "userId"
    from contact_methods m
    join users u on u.id = m.user_id and u.deactivated_at is null
    left join deliveries d on d.id = ${input.deliveryId} and d.user_id = m.user_id
      and d.channel = m.channel and d.address = m.address
    where m.channel = ${input.channel} and m.address = ${input.account}
      and (d.id is not null or m.verified_at is not null)
    order by d.id is not null desc, m.verified_at, m.id
    limit 1`);
  return row?.userId ?? null;
}
