import { sql } from "drizzle-orm";
import type { InboxEvent } from "#lib/alerts/commands/process-events";
import type { Database } from "#db/connect";
import type { TransactionContext } from "#lib/context";
import type { NormalisedEvent } from "#lib/events/event";
import { LANES } from "#lib/events/lane";

type Row = Omit<InboxEvent, "receivedAt" | "event"> & { received: number; event: unknown };

/**
 * Events of a lane that are still to do, at most `limit` of them, oldest first; the caller holds the lane. Every integration that waits
 * gets an equal share, and what some leave of theirs goes to those that have more: however much one sends, the first word of another is in
 * the next batch. Of each integration it is always the oldest, so events of one key keep their order.
 */
export async function claimEvents(
  { tx }: TransactionContext,
  lane: number,
  limit: number,
): Promise<InboxEvent[]> {
  const rows = await tx.execute<Row>(sql`
    with recursive waiting (integration_id) as (
      (select integration_id from inbox where lane = ${lane} and processed_at is null order by integration_id limit 1)
      union all
      select (
        select i.integration_id from inbox i
        where i.lane = ${lane} and i.processed_at is null and i.integration_id > w.integration_id
        order by i.integration_id limit 1
      )
      from waiting w where w.integration_id is not null
    ), share as (
      select greatest(${limit}::int / greatest(count(integration_id)::int, 1), 1) as size from waiting
    ), first as (
      select e.* from waiting w cross join lateral (
        select id, integration_id from inbox
        where lane = ${lane} and integration_id = w.integration_id and processed_at is null
        order by id limit (select size from share)
      ) as e
    ), unfinished as (
      select integration_id, max(id) as last_id from first group by integration_id having count(*) = (select size from share)
    ), rest as (
      select e.* from unfinished u cross join lateral (
        select id, integration_id from inbox
        where lane = ${lane} and integration_id = u.integration_id and processed_at is null and id > u.last_id
        order by id
        limit (
          select greatest(${limit}::int - (select count(*) from first), 0) / greatest((select count(*) from unfinished), 1)
        )
      ) as e
    ), chosen as (select id, integration_id from first union all select id, integration_id from rest)
    select i.id::float as id, i.integration_id as "integrationId", i.dedup_key as "dedupKey", i.event, i.raw, i.occurrences,
      (extract(epoch from i.received_at) * 1000)::float as received
    from chosen c join inbox i on i.lane = ${lane} and i.integration_id = c.integration_id and i.id = c.id and i.processed_at is null
    order by i.id
    limit ${limit}`);
  return rows.map(({ received, event, ...row }) => ({
    ...row,
    receivedAt: new Date(received),
    // The parser that wrote the event is the guarantee of its shape.
    event: event as NormalisedEvent,
  }));
}

/** The lanes that have something to do. */
export async function waitingLanes(db: Database): Promise<number[]> {
  const rows = await db.execute<{ lane: number }>(sql`
    select g.lane from generate_series(0, ${LANES - 1}::int) as g (lane)
    where exists (select 1 from inbox i where i.lane = g.lane and i.processed_at is null)`);
  return rows.map(({ lane }) => lane);
}
