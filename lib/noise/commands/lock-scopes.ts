import { inArray, sql } from "drizzle-orm";
import { services } from "#db/schema/services";
import type { Transaction } from "#lib/context";

/** Names the scopes among the database's advisory locks. */
const LOCK_CLASS = 7244;

/**
 * Locks, until the transaction ends, what new alerts of these services could be put together with: each service, or the named set it
 * belongs to. Lanes work at the same time; without the lock two alerts of one cause would each open an incident. Always before
 * incidents, and sorted.
 */
export async function lockScopes(tx: Transaction, serviceIds: readonly string[]): Promise<void> {
  if (serviceIds.length === 0) return;
  await tx.execute(sql`
    with scopes as materialized (
      select distinct hashtext(coalesce(grouping_services.grouping_id, services.id)) as scope
      from services left join grouping_services on grouping_services.service_id = services.id
      where ${inArray(services.id, [...serviceIds])}
      order by scope
    )
    select pg_advisory_xact_lock(${LOCK_CLASS}, scope) from scopes`);
}
