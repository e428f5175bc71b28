import { sql } from "drizzle-orm";
import type { TransactionContext } from "#lib/context";
import { newId } from "#lib/ids";

/**
 * Has triggered incidents posted in the channels of their service and its team, each once; one that was reopened goes on in its old
 * message. Part of the transaction that changes them.
 */
export async function queueChannelPosts(
  { tx, now }: TransactionContext,
  incidentIds: readonly string[],
): Promise<void> {
  if (incidentIds.length === 0) return;
  const at = sql`${now.toISOString()}::timestamptz`;
  const found = await tx.execute<{ incidentId: string; teamChannelId: string; address: string }>(sql`
    select distinct on (i.id, c.address) i.id as "incidentId", c.id as "teamChannelId", c.address
    from incidents i join services s on s.id = i.service_id
    join team_channels c on c.service_id = s.id or c.team_id = s.team_id
    where i.id = any(${sql.param([...incidentIds])}::text[]) and (i.urgency = 'high' or not c.high_only)
    order by i.id, c.address, c.service_id nulls last`);
  if (found.length === 0) return;
  const rows = found.map((row) => ({ ...row, id: newId(now.getTime()) }));
  await tx.execute(sql`
    insert into channel_posts (id, incident_id, team_channel_id, address, due_at, created_at)
    select r.id, r."incidentId", r."teamChannelId", r.address, ${at}, ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (id text, "incidentId" text, "teamChannelId" text, address text)
    on conflict (incident_id, address) do update set ended_at = null, attempts = 0, due_at = ${at}
      where channel_posts.ended_at is not null and channel_posts.ref is not null`);
  await tx.execute(sql`select pg_notify('touchline_engine', 'channel-posts')`);
}
