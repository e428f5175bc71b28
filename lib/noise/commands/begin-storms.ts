import { sql } from "drizzle-orm";
import { storms } from "#db/schema/noise";
import type { TransactionContext } from "#lib/context";
import { isTransient } from "#lib/database-errors";
import { newId } from "#lib/ids";
import { log } from "#lib/log";
import { loadAlertRates, loadJustNow } from "#lib/noise/queries/alert-rates";
import type { ServiceRate } from "#lib/noise/queries/alert-rates";
import { judgeStorm, passesOutbreak } from "#lib/noise/storm";
import { publish } from "#lib/outbox";

/** Begins the storms that these rates are; answers how many. A storm takes over its service's newest open incident that alerts opened. */
export async function beginStorms(scope: TransactionContext, rates: readonly ServiceRate[]): Promise<number> {
  const { tx, now } = scope;
  const fresh = rates.flatMap((rate) => {
    const judged = rate.stormId === null ? judgeStorm(rate) : null;
    return judged?.isStorm ? [{ serviceId: rate.serviceId, because: judged.because }] : [];
  });
  if (fresh.length === 0) return 0;
  // In the order of services, so that two that begin the same can't wait for each other.
  const begun = await tx
    .insert(storms)
    .values(
      fresh
        .toSorted((a, b) => (a.serviceId < b.serviceId ? -1 : 1))
        .map((storm) => ({ id: newId(now.getTime()), startedAt: now, ...storm })),
    )
    .onConflictDoNothing()
    .returning({ id: storms.id, serviceId: storms.serviceId });
  await tx.execute(sql`
    update storms set incident_id = (
      select incidents.id from incidents
      where incidents.service_id = storms.service_id and incidents.status <> 'resolved' and incidents.origin = 'event'
      order by incidents.created_at desc, incidents.id desc limit 1
    )
    where storms.id = any(${sql.param(begun.map(({ id }) => id))}::text[])`);
  const changes = begun.map(({ serviceId }) => ({
    topic: "storm.began",
    entityType: "storm",
    entityId: serviceId,
  }));
  await publish(scope, ...changes);
  return begun.length;
}

/**
 * Begins a storm where alerts that are about to be stored break out, so that they go onto one incident instead of each opening its own
 * until somebody looks. The scopes of their services are locked.
 */
export async function beginOutbreaks(
  scope: TransactionContext,
  newcomers: readonly { serviceId: string }[],
): Promise<void> {
  if (newcomers.length === 0) return;
  const byService = Map.groupBy(newcomers, ({ serviceId }) => serviceId);
  const justNow = await loadJustNow(scope.tx, [...byService.keys()]);
  const coming = [...justNow].flatMap(([serviceId, count]) => {
    const alerts = byService.get(serviceId)?.length ?? 0;
    return passesOutbreak(count, alerts) ? [{ serviceId, alerts }] : [];
  });
  if (coming.length === 0) return;
  try {
    await scope.tx.transaction(async (tx) => beginStorms({ ...scope, tx }, await loadAlertRates(tx, coming)));
  } catch (error) {
    if (isTransient(error)) throw error;
    log().error({ err: error }, "a storm could not be judged; its alerts are placed as usual");
  }
}
