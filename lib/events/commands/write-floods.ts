import type { Sql } from "#db/connect";
import { newId } from "#lib/ids";

/** What an integration sent beyond its limit: stored together with others, and refused. */
export type FloodCount = { integrationId: string; coalesced: number; refused: number };

/** Adds to the open floods of integrations, or begins them and wakes the engine, which tells their owners. */
export async function writeFloods(sql: Sql, counts: readonly FloodCount[]): Promise<void> {
  const rows = counts.map((count) => ({ id: newId(), ...count }));
  await sql`
    with written as (
      insert into intake_floods as f (id, integration_id, began_at, last_at, coalesced, refused)
      select r.id, i.id, now(), now(), r.coalesced, r.refused
      from json_to_recordset(${JSON.stringify(rows)}::text::json)
        as r (id text, "integrationId" text, coalesced bigint, refused bigint)
      join integrations i on i.id = r."integrationId"
      order by i.id
      on conflict (integration_id) where ended_at is null do update set
        last_at = now(), coalesced = f.coalesced + excluded.coalesced, refused = f.refused + excluded.refused
      returning xmax = 0 as is_new
    )
    select pg_notify('touchline_engine', 'intake-floods') from written where is_new limit 1`;
}
