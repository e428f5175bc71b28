import { sql } from "drizzle-orm";
import type { InboxEvent } from "#lib/alerts/commands/process-events";
import type { Database } from "#db/connect";
import type { Transaction, TransactionContext } from "#lib/context";
import type { NormalisedEvent } from "#lib/events/event";
import { LANES } from "#lib/events/lane";

/** An event of the inbox that was not processed yet, and the lane it waits in. */
export type ClaimedEvent = InboxEvent & { lane: number };

type Row = Omit<ClaimedEvent, "receivedAt" | "event"> & { received: number; event: unknown };

type Claim = {
  lanes: readonly number[];
  limit: number;
  since: Date;
  /** More may wait than the limit: shares are dealt out without looking first. */
  isBacklogged: boolean;
};

const COLUMNS = sql.raw(`
  i.id::float as id, i.lane, i.integration_id as "integrationId", i.dedup_key as "dedupKey", i.event, i.raw, i.occurrences,
  (extract(epoch from i.received_at) * 1000)::float as received`);

/**
 * Events of these lanes that are still to do and were received since then, at most `limit` of them, oldest first; the caller holds the
 * lanes. All, if they are no more; otherwise fair shares. `more`: some
 * may have been left.
 */
export async function claimEvents(
  { tx }: Pick<TransactionContext, "tx">,
  { lanes, limit, since, isBacklogged }: Claim,
): Promise<{ events: ClaimedEvent[]; more: boolean }> {
  if (!isBacklogged) {
    // Unordered, so that it ends as soon as there are too many.
    const all = await tx.execute<Row>(sql`
      select ${COLUMNS} from inbox i
      where i.lane = any(${sql.param([...lanes])}::smallint[]) and i.processed_at is null
        and i.received_at >= ${since.toISOString()}::timestamptz
      limit ${limit + 1}::int`);
    if (all.length <= limit) return { events: all.map(eventOf).toSorted((a, b) => a.id - b.id), more: false };
  }
  const events = (await dealOut(tx, { lanes, limit, since })).map(eventOf);
  return { events, more: events.length > 0 };
}

/**
 * In every lane every integration that waits gets an equal share; what some leave of theirs goes to those that have more, twice over.
 * However much one sends, the first word of another is in the next batch. Of each integration it is always the lane's oldest, so events
 * of one key keep their order.
 */
async function dealOut(
  tx: Transaction,
  { lanes, limit, since }: Omit<Claim, "isBacklogged">,
): Promise<Row[]> {
  const from = since.toISOString();
  const waits = (lane: string) =>
    sql`i.lane = ${sql.raw(lane)} and i.processed_at is null and i.received_at >= ${from}::timestamptz`;
  // Each of `among` (w) gets so many as there are left for it; whoever used that up is among the next round.
  const round = (name: string, { among, after, left }: { among: string; after: string; left: string }) => sql`
    ${sql.raw(`${name}_share`)} as (
      select ${sql.raw(left)} / greatest((select count(integration_id) from ${sql.raw(among)}), 1) as size
    ), ${sql.raw(name)} as (
      select e.* from ${sql.raw(among)} w cross join lateral (
        select i.id, i.lane, i.integration_id from inbox i
        where ${waits("w.lane")} and i.integration_id = w.integration_id and i.id > ${sql.raw(after)}
        order by i.id limit (select size from ${sql.raw(`${name}_share`)})
      ) as e
    ), ${sql.raw(`${name}_used_up`)} as (
      select lane, integration_id, max(id) as last_id from ${sql.raw(name)}
      group by lane, integration_id having count(*) = (select size from ${sql.raw(`${name}_share`)})
    )`;
  const leftAfter = (taken: string) => `greatest((select size from whole) - (${taken}), 0)`;
  return tx.execute<Row>(sql`
    with recursive whole (size) as (values (${limit}::bigint)),
    waiting (lane, integration_id) as (
      select l.lane, (select i.integration_id from inbox i where ${waits("l.lane")} order by i.integration_id limit 1)
      from unnest(${sql.param([...lanes])}::smallint[]) as l (lane)
      union all
      select w.lane, (
        select i.integration_id from inbox i
        where ${waits("w.lane")} and i.integration_id > w.integration_id
        order by i.integration_id limit 1
      )
      from waiting w where w.integration_id is not null
    ),
    ${round("first", { among: "waiting", after: "0", left: "(select greatest(size, count(integration_id)) from whole, waiting group by size)" })},
    ${round("second", { among: "first_used_up", after: "w.last_id", left: leftAfter("select count(*) from first") })},
    ${round("third", {
      among: "second_used_up",
      after: "w.last_id",
      left: leftAfter("select (select count(*) from first) + (select count(*) from second)"),
    })},
    chosen as (
      -- Where more wait than the limit, the oldest go first.
      select * from (
        select * from first union all select * from second union all select * from third
      ) as shares order by id limit ${limit}::int
    )
    select ${COLUMNS}
    from chosen c join inbox i on ${waits("c.lane")} and i.integration_id = c.integration_id and i.id = c.id
    order by i.id`);
}

function eventOf({ received, event, ...row }: Row): ClaimedEvent {
  // The parser that wrote the event is the guarantee of its shape.
  return { ...row, receivedAt: new Date(received), event: event as NormalisedEvent };
}

/** The lanes that have something to do that was received since then, and the instant of the look. */
export async function waitingLanes(db: Database, since: Date): Promise<{ lanes: number[]; now: Date }> {
  const [row] = await db.execute<{ lanes: number[]; now: number }>(sql`
    select (extract(epoch from now()) * 1000)::float as now, coalesce(array_agg(g.lane order by g.lane), '{}') as lanes
    from generate_series(0, ${LANES - 1}::int) as g (lane)
    where exists (
      select 1 from inbox i
      where i.lane = g.lane and i.processed_at is null and i.received_at >= ${since.toISOString()}::timestamptz
    )`);
  return { lanes: row?.lanes ?? [], now: new Date(row?.now ?? 0) };
}

/**
 * An instant that nothing which is still to do, now or later, was received before. Looks through all days; with it the others need
 * only look at the few that matter. A transaction that stores events may take an hour to commit.
 */
export async function oldestWaiting(db: Database): Promise<Date> {
  const [row] = await db.execute<{ since: number }>(sql`
    select (extract(epoch from least(min(received_at), now()) - interval '1 hour') * 1000)::float as since
    from inbox where processed_at is null`);
  return new Date(row?.since ?? 0);
}
