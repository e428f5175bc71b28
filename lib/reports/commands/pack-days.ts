import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "#db/connect";
import type { Transaction } from "#lib/context";
import { FACTS, LOADS, METRICS, packed } from "#lib/reports/queries/packings";
import type { Packing } from "#lib/reports/queries/packings";

/** Names this work among the database's advisory locks. */
const LOCK = 7_118_041;
const KINDS: readonly Packing[] = [FACTS, LOADS, METRICS];
// A month a transaction: a fraction of a second of a million incidents in five years.
const DAYS_AT_ONCE = 31;

/**
 * Packs some of the days that have ended and are not packed, or have changed since, the latest first. Answers how many; 0: there is nothing to
 * pack, or another process is at it.
 */
export async function packDays(db: Database): Promise<number> {
  const before = await readQuietBefore(db);
  // Held by a transaction of its own: the snapshots of packing must be taken when whoever packed before has committed.
  return db.transaction(async (holder) => {
    const [lock] = await holder.execute<{ held: boolean }>(
      sql`select pg_try_advisory_xact_lock(${LOCK}) as held`,
    );
    let count = 0;
    if (!lock?.held) return count;
    for (const packing of KINDS) {
      count += await db.transaction((tx) => packSome(tx, packing, before), {
        isolationLevel: "repeatable read",
      });
    }
    return count;
  });
}

/**
 * The UTC day (YYYY-MM-DD) before which every change of a row is told in changed_days, by whoever makes it. A change of a row younger than two
 * days is not told; so a day is left alone until three days after the beginning of every transaction that may still write. Asked for before
 * the snapshot of packing is taken, so what has ended by then is seen in it.
 */
async function readQuietBefore(db: Database): Promise<string> {
  const [row] = await db.execute<{ before: string }>(sql`
    select ((least(pg_catalog.now(), min(xact_start)) - interval '3 days') at time zone 'UTC')::date::text as before
    from pg_stat_activity where datname = current_database() and backend_type = 'client backend'`);
  if (!row) throw new Error("An aggregate always has a row.");
  return row.before;
}

async function packSome(tx: Transaction, packing: Packing, before: string): Promise<number> {
  const { kind, format, table, at } = packing;
  const rows = await tx.execute<{ day: string }>(sql`
    select day::text from (
      select day from changed_days where kind = ${kind}
      union
      select day from packed_days where kind = ${kind} and format <> ${format}
      union
      select d::date from (select min(${sql.identifier(at)}) as at from ${sql.raw(table)}) began,
        generate_series((began.at at time zone 'UTC')::date, ${before}::date - 1, '1 day') d
      where not exists (select from packed_days p where p.kind = ${kind} and p.day = d::date)
    ) due
    where day < ${before}::date order by day desc limit ${DAYS_AT_ONCE}`);
  if (rows.length === 0) return 0;
  const days = sql`${sql.param(rows.map(({ day }) => day))}::text[]::date[]`;
  await tx.execute(sql`delete from changed_days where kind = ${kind} and day = any(${days})`);
  await tx.execute(sql`
    insert into packed_days (kind, day, format, count, numbers, words)
    select ${kind}, d.day, ${format}, p.* from unnest(${days}) d(day) cross join lateral (${packed(packing, ofDay(packing))}) p
    on conflict (kind, day) do update set format = excluded.format, version = excluded.version,
      count = excluded.count, numbers = excluded.numbers, words = excluded.words`);
  return rows.length;
}

function ofDay({ table, at }: Packing): SQL {
  const instant = sql.identifier(at);
  return sql`from ${sql.raw(table)}
    where ${instant} >= d.day::timestamp at time zone 'UTC' and ${instant} < (d.day + 1)::timestamp at time zone 'UTC'`;
}
