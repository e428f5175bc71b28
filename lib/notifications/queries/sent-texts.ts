import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import type { SentText, TextedIncident } from "#lib/notifications/sms-reply";
import { ANSWERABLE_MS } from "#lib/notifications/sms-reply";

export type TextsToNumber = { userId: string; texts: SentText[] };

type Row = {
  deliveryId: string;
  userId: string;
  sentAtMs: string;
  answered: boolean;
  isTest: boolean;
  isRequest: boolean;
  incidents: TextedIncident[];
};

const MOST = 100;

/**
 * What this provider texted to a number in the last 24 hours, newest first, with the incidents that each text named. Of several people who
 * share the number: those of the one who was texted last. Null: nothing.
 */
export async function readSentTexts(
  db: Database,
  input: { providerId: string; address: string },
): Promise<TextsToNumber | null> {
  const rows = await db.execute<Row>(sql`
    select d.id as "deliveryId", d.user_id as "userId",
      (extract(epoch from m.at) * 1000)::bigint::text as "sentAtMs",
      d.state = 'acted' as answered, p.reason in ('test', 'self_test') as "isTest", p.reason = 'requested' as "isRequest",
      coalesce((
        select jsonb_agg(distinct jsonb_build_object('id', i.id, 'number', i.number, 'status', i.status))
        from deliveries o join incidents i on i.id = o.incident_id
        where o.id = d.id or (d.bundle_id is not null and o.bundle_id = d.bundle_id)
      ), '[]') as incidents
    from telephony_messages m
    join deliveries d on d.id = m.delivery_id and d.channel = 'sms'
    join pages p on p.id = d.page_id
    where m.channel_provider_id = ${input.providerId} and m.address = ${input.address}
      and m.at > now() - make_interval(secs => ${ANSWERABLE_MS / 1000})
    order by m.at desc, m.id desc
    limit ${MOST}`);
  const [newest] = rows;
  if (!newest) return null;
  const texts = rows
    .filter(({ userId }) => userId === newest.userId)
    .map(({ sentAtMs, deliveryId, answered, isTest, isRequest, incidents }) => ({
      deliveryId,
      sentAt: new Date(Number(sentAtMs)),
      answered,
      isTest,
      isRequest,
      incidents,
    }));
  return { userId: newest.userId, texts };
}
