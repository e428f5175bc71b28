import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import type { Transaction } from "#lib/context";
import type { Urgency } from "#lib/incidents/vocabulary";
import { gatherSends } from "#lib/notifications/gather-sends";
import type { Hold } from "#lib/notifications/gather-sends";
import { readCompanions, readDue, readRecent, toDueSend } from "#lib/notifications/queries/due-deliveries";
import type { DueRow } from "#lib/notifications/queries/due-deliveries";
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
  /** Attempts before this one that came to their end and failed. */
  failures: number;
  expiresAt: Date;
  urgency: Urgency;
  /** Past its use: to be recorded as expired. */
  stale: boolean;
  /** Those with the same go out in one message, under this key; null: by itself. */
  bundleId: string | null;
};

/** Longer than a send may take with everything around it. When it runs out, whoever had it is taken for dead. */
export const LEASE_SECONDS = 60;

type Row = Omit<ClaimedDelivery, "expiresAt"> & { expiresAtMs: string };

/**
 * Takes due deliveries for this engine, enough for up to `limit` messages, in one short transaction. Rows that another engine is just
 * taking are skipped, not waited for. High urgency goes first, and first attempts before repetitions, so that an address that keeps
 * failing delays nobody else's page. What `gatherSends` puts off gets its new time here, with the reason in the notification log.
 *
 * Too late is not always useless: the only send of a page that has not reached its person by any other way still goes out after an
 * outage, as long as no escalation is due that will page somebody anew.
 */
export async function claimDeliveries(
  db: Database | Transaction,
  engineId: string,
  limit: number,
): Promise<ClaimedDelivery[]> {
  for (;;) {
    // What is put off is not due any more, so this ends.
    const claimed = await db.transaction((tx) => claimOnce(tx, engineId, limit));
    if (claimed !== "held") return claimed;
  }
}

async function claimOnce(
  tx: Transaction,
  engineId: string,
  limit: number,
): Promise<ClaimedDelivery[] | "held"> {
  const due = await readDue(tx, limit);
  if (due.length === 0) return [];
  const fresh = due.filter(({ stale }) => !stale);
  const [companions, recent] = await Promise.all([readCompanions(tx, fresh), readRecent(tx, fresh)]);
  const [{ now }] = due as [DueRow, ...DueRow[]];
  const gathered = gatherSends([...fresh, ...companions].map(toDueSend), recent, now);
  await holdBack(tx, gathered.holds);
  const bundleOf = new Map([...fresh, ...companions].map(({ id, bundleId }) => [id, bundleId]));
  const claims = [
    ...gathered.messages.flatMap((ids) => {
      const [leader = ""] = ids;
      // A repetition keeps the key under which it may have arrived already.
      const bundleId = bundleOf.get(leader) ?? (ids.length > 1 ? leader : null);
      return ids.map((id) => ({ id, bundle_id: bundleId, stale: false }));
    }),
    ...due.flatMap(({ id, stale, bundleId }) => (stale ? [{ id, bundle_id: bundleId, stale }] : [])),
  ];
  if (claims.length === 0) return "held";
  return lease(tx, engineId, claims);
}

async function holdBack(tx: Transaction, holds: readonly Hold[]): Promise<void> {
  if (holds.length === 0) return;
  const rows = holds.map(({ id, until, because }) => ({ id, until: until.toISOString(), because }));
  await tx.execute(sql`
    with put_off as (
      update deliveries d set due_at = r.until, held_until = r.until
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text, until timestamptz, because text)
      where d.id = r.id
      returning d.id, r.because
    )
    insert into delivery_states (delivery_id, state, at, detail) select id, 'queued', now(), because from put_off`);
}

async function lease(
  tx: Transaction,
  engineId: string,
  claims: readonly { id: string; bundle_id: string | null; stale: boolean }[],
): Promise<ClaimedDelivery[]> {
  const rows = await tx.execute<Row>(sql`
    with claimed as (
      update deliveries d
      set state = 'sending', attempts = d.attempts + 1, bundle_id = r.bundle_id, leased_by = ${engineId},
        leased_until = now() + make_interval(secs => ${LEASE_SECONDS})
      from jsonb_to_recordset(${JSON.stringify(claims)}::jsonb) as r (id text, bundle_id text, stale bool)
      where d.id = r.id
      returning d.*, r.stale
    ), recorded as (
      insert into delivery_states (delivery_id, state, at, detail)
      select id, 'sending', now(), 'Attempt ' || attempts || case when bundle_id is null then '' else ', with others in one message' end
      from claimed where not stale
    )
    select c.id as "deliveryId", c.page_id as "pageId", c.incident_id as "incidentId", c.user_id as "userId",
      c.contact_method_id as "contactMethodId", c.channel, c.address, c.attempts, c.failures, p.urgency, c.stale, c.bundle_id as "bundleId",
      (extract(epoch from c.expires_at) * 1000)::bigint::text as "expiresAtMs"
    from claimed c join pages p on p.id = c.page_id
    order by p.urgency = 'high' desc, c.attempts, c.due_at, c.id`);
  return rows.map(({ expiresAtMs, ...row }) => ({ ...row, expiresAt: new Date(Number(expiresAtMs)) }));
}

/** When (by the database's clock) the next delivery falls due or the next lease runs out; null: nothing is waiting. */
export async function nextDeliveryAt(db: Database): Promise<Date | null> {
  const [row] = await db.execute<{ at: string | null }>(sql`
    select (extract(epoch from min(case when state = 'sending' then leased_until else due_at end)) * 1000)::bigint::text as at
    from deliveries where state in ('queued', 'retrying', 'sending')`);
  return row?.at ? new Date(Number(row.at)) : null;
}
