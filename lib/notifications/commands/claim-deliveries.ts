import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import type { Transaction } from "#lib/context";
import type { Urgency } from "#lib/incidents/vocabulary";
import type { Channel } from "#lib/notifications/vocabulary";

/** A delivery that this engine alone may send, until its lease runs out. `attempts` is the number of this attempt, from 1. */
export type ClaimedDelivery = {
  deliveryId: string;
  pageId: string;
  incidentId: string | null;
  userId: string;
  contactMethodId: string | null;
  channel: Channel;
  address: string;
  attempts: number;
  expiresAt: Date;
  urgency: Urgency;
  /** Past its use: to be recorded as expired. */
  stale: boolean;
};

/** Longer than a send may take with everything around it. When it runs out, whoever had it is taken for dead. */
export const LEASE_SECONDS = 60;

type Row = Omit<ClaimedDelivery, "expiresAt"> & { expiresAtMs: string };

/**
 * Takes up to `limit` due deliveries for this engine, in one statement and so in one short transaction. Rows that another engine is
 * just taking are skipped, not waited for. High urgency goes first, and first attempts before repetitions, so that an address that
 * keeps failing delays nobody else's page.
 *
 * Too late is not always useless: the only send of a page that has not reached its person by any other way still goes out after an
 * outage, as long as no escalation is due that will page somebody anew.
 */
export async function claimDeliveries(
  db: Database | Transaction,
  engineId: string,
  limit: number,
): Promise<ClaimedDelivery[]> {
  const rows = await db.execute<Row>(sql`
    with due as (
      select d.id, p.urgency, d.expires_at <= now() and not ${lastChance()} as stale
      from deliveries d join pages p on p.id = d.page_id
      where d.state in ('queued', 'retrying', 'sending') and d.due_at <= now()
        and (d.state <> 'sending' or d.leased_until <= now())
      order by p.urgency = 'high' desc, d.attempts, d.due_at, d.id
      limit ${limit}
      for update of d skip locked
    ), claimed as (
      update deliveries d
      set state = 'sending', attempts = d.attempts + 1, leased_by = ${engineId},
        leased_until = now() + make_interval(secs => ${LEASE_SECONDS})
      from due where d.id = due.id
      returning d.*, due.urgency, due.stale
    ), recorded as (
      insert into delivery_states (delivery_id, state, at, detail)
      select id, 'sending', now(), 'Attempt ' || attempts from claimed where not stale
    )
    select id as "deliveryId", page_id as "pageId", incident_id as "incidentId", user_id as "userId",
      contact_method_id as "contactMethodId", channel, address, attempts, urgency, stale,
      (extract(epoch from expires_at) * 1000)::bigint::text as "expiresAtMs"
    from claimed
    order by urgency = 'high' desc, attempts, due_at, id`);
  return rows.map(({ expiresAtMs, ...row }) => ({ ...row, expiresAt: new Date(Number(expiresAtMs)) }));
}

function lastChance() {
  return sql`(
    d.attempts = 0 and d.incident_id is not null
    and not exists (
      select from deliveries o where o.page_id = d.page_id and o.id <> d.id and (
        o.state in ('accepted', 'delivered', 'acted', 'sending')
        or (o.state = 'retrying' and o.expires_at > now())
        or (o.state = 'queued' and (o.due_at, o.id) < (d.due_at, d.id))
      )
    )
    and not exists (
      select from pending_actions a where a.incident_id = d.incident_id and a.type = 'escalate' and a.at <= now()
    )
  )`;
}

/** When (by the database's clock) the next delivery falls due or the next lease runs out; null: nothing is waiting. */
export async function nextDeliveryAt(db: Database): Promise<Date | null> {
  const [row] = await db.execute<{ at: string | null }>(sql`
    select (extract(epoch from min(case when state = 'sending' then leased_until else due_at end)) * 1000)::bigint::text as at
    from deliveries where state in ('queued', 'retrying', 'sending')`);
  return row?.at ? new Date(Number(row.at)) : null;
}
