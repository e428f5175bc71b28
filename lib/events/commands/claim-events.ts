import { sql } from "drizzle-orm";
import type { InboxEvent } from "#lib/alerts/commands/process-events";
import type { Database } from "#db/connect";
import type { TransactionContext } from "#lib/context";
import type { NormalisedEvent } from "#lib/events/event";
import { LANES } from "#lib/events/lane";

type Row = Omit<InboxEvent, "receivedAt" | "event"> & { received: number; event: unknown };

/**
 * Events of a lane that are still to do and were received since then, at most `limit` of them, oldest first; the caller holds the lane. Every integration that waits
 * gets an equal share, and what some leave of theirs goes to those that have more: however much one sends, the first word of another is in
 * the next batch. Of each integration it is always the oldest, so events of one key keep their order.
 */
export async function claimEvents(
  { tx }: TransactionContext,
  { lane, limit, since }: { lane: number; limit: number; since: Date },
): Promise<InboxEvent[]> {
  const waits = (alias: string) =>
    sql`${sql.raw(alias)}.lane = ${lane} and ${sql.raw(alias)}.processed_at is null and ${sql.raw(alias)}.received_at >= ${since.toISOString()}::timestamptz`;
  const rows = await tx.execute<Row>(sql`
    with recursive waiting (integration_id) as (
      (select i.integration_id from inbox i where ${waits("i")} order by i.integration_id limit 1)
      union all
      select (
        select i.integration_id from inbox i
        where ${waits("i")} and i.integration_id > w.integration_id
        order by i.integration_id limit 1
      )
      from waiting w where w.integration_id is not null
    ), share as (
      select greatest(${limit}::int / greatest(count(integration_id)::int, 1), 1) as size from waiting
    ), first as (
      select e.* from waiting w cross join lateral (
        select i.id, i.integration_id from inbox i
        where ${waits("i")} and i.integration_id = w.integration_id
        order by i.id limit (select size from share)
      ) as e
    ), unfinished as (
      select integration_id, max(id) as last_id from first group by integration_id having count(*) = (select size from share)
    ), rest as (
      select e.* from unfinished u cross join lateral (
        select i.id, i.integration_id from inbox i
        where ${waits("i")} and i.integration_id = u.integration_id and i.id > u.last_id
        order by i.id
        limit (
          select greatest(${limit}::int - (select count(*) from first), 0) / greatest((select count(*) from unfinished), 1)
        )
      ) as e
    ), chosen as (select id, integration_id from first union all select id, integration_id from rest)
    select i.id::float as id, i.integration_id as "integrationId", i.dedup_key as "dedupKey", i.event, i.raw, i.occurrences,
      (extract(epoch from i.received_at) * 1000)::float as received
    from chosen c join inbox i on ${waits("i")} and i.integration_id = c.integration_id and i.id = c.id
    order by i.id
    limit ${limit}`);
  return rows.map(({ received, event, ...row }) => ({
    ...row,
    receivedAt: new Date(received),
    // The parser that wrote the event is the guarantee of its shape.
    event: event as NormalisedEvent,
  }));
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
