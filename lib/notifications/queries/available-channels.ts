import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "#db/connect";
import type { Transaction } from "#lib/context";
import { CAPABILITIES } from "#lib/notifications/capability";
import { CHANNELS } from "#lib/notifications/vocabulary";
import type { Channel } from "#lib/notifications/vocabulary";

const BUILT_IN = CHANNELS.filter((channel) => CAPABILITIES[channel].provider === "built_in");
const SET_UP = CHANNELS.filter((channel) => CAPABILITIES[channel].provider === "set_up");

/** Whether pages can go out over a channel, as SQL: it is built in, or a provider of it is switched on. Everything that plans asks here. */
export function isAvailable(channel: SQL): SQL<boolean> {
  return sql<boolean>`(
    ${channel} = any(${sql.param(BUILT_IN)}::text[]) or (${channel} = any(${sql.param(SET_UP)}::text[])
      and exists (select from channel_providers v where v.channel = ${channel} and v.enabled))
  )`;
}

/** The channels over which pages can go out now. */
export async function readAvailableChannels(db: Database | Transaction): Promise<ReadonlySet<Channel>> {
  const rows = await db.execute<{ channel: Channel }>(sql`
    select channel from unnest(${sql.param([...CHANNELS])}::text[]) as c (channel) where ${isAvailable(sql`c.channel`)}`);
  return new Set(rows.map(({ channel }) => channel));
}
