import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/context";
import type { CacheEntry } from "#lib/rules/queries/load-cache";

/** Writes what a lane's batch made of the cache variables. What was deleted meanwhile is passed over. */
export async function saveCache(
  tx: Transaction,
  lane: number,
  entries: readonly CacheEntry[],
): Promise<void> {
  const values = entries.flatMap(({ variable, state: { latest }, isNew }) =>
    isNew && latest !== null
      ? [{ id: variable.id, value: latest.value, at: latest.at, ends: latest.expiresAt }]
      : [],
  );
  const counts = entries.flatMap(({ variable, added }) =>
    [...added].map(([stretch, count]) => ({ id: variable.id, stretch, count })),
  );
  if (values.length > 0) await saveValues(tx, lane, values);
  if (counts.length > 0) await saveCounts(tx, lane, counts);
}

async function saveValues(tx: Transaction, lane: number, values: readonly object[]): Promise<void> {
  await tx.execute(sql`
    insert into cache_values (variable_id, lane, value, at, expires_at)
    select v.id, ${lane}, fresh.value, to_timestamp(fresh.at / 1000), to_timestamp(fresh.ends / 1000)
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      as fresh (id text, value jsonb, at double precision, ends double precision)
    join cache_variables v on v.id = fresh.id
    order by v.id
    on conflict (variable_id, lane) do update set
      value = excluded.value, at = excluded.at, expires_at = excluded.expires_at`);
}

async function saveCounts(tx: Transaction, lane: number, counts: readonly object[]): Promise<void> {
  await tx.execute(sql`
    with forgotten as (
      delete from cache_counts c using cache_variables v
      where c.variable_id = v.id and c.lane = ${lane}
        and v.id in (select id from jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) as fresh (id text))
        and c.stretch < now() - make_interval(secs => v.ttl_seconds * 2)
    )
    insert into cache_counts (variable_id, stretch, lane, count)
    select v.id, to_timestamp(fresh.stretch / 1000), ${lane}, fresh.count
    from jsonb_to_recordset(${JSON.stringify(counts)}::jsonb)
      as fresh (id text, stretch double precision, count integer)
    join cache_variables v on v.id = fresh.id
    order by v.id, fresh.stretch
    on conflict (variable_id, stretch, lane) do update set count = cache_counts.count + excluded.count`);
}
