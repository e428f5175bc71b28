import { sql } from "drizzle-orm";
import type { TransactionContext } from "#lib/context";
import { refreshServiceLevels } from "#lib/service-levels/commands/refresh-service-levels";

const AT_ONCE = 500;

/**
 * Measures the next incidents anew for a promise that was made or changed, and answers how many; 0: there is nothing left to do. Their
 * rows are locked, so that a change under way is measured after it.
 */
export async function restateServiceLevels(scope: TransactionContext): Promise<number> {
  const { tx } = scope;
  const [policy] = await tx.execute<{ id: string; after: string; effectiveFrom: string }>(sql`
    select id, restated_after as after, effective_from as "effectiveFrom" from service_level_policies
    where restated_after is not null and deleted_at is null order by id limit 1 for update skip locked`);
  if (!policy) return 0;
  const rows = await tx.execute<{ id: string }>(sql`
    select i.id from incidents i
    where i.id > ${policy.after} and i.created_at >= ${policy.effectiveFrom}::timestamptz
    order by i.id limit ${AT_ONCE} for share`);
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) await refreshServiceLevels(scope, ids);
  await tx.execute(sql`
    update service_level_policies set restated_after = ${ids.length < AT_ONCE ? null : (ids.at(-1) ?? null)} where id = ${policy.id}`);
  return Math.max(ids.length, 1);
}
