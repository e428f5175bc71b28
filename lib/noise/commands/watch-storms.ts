import { inArray, sql } from "drizzle-orm";
import { storms } from "#db/schema/noise";
import type { TransactionContext } from "#lib/context";
import { newId } from "#lib/ids";
import { loadAlertRates } from "#lib/noise/queries/alert-rates";
import { isOver, judgeStorm } from "#lib/noise/storm";
import { publish } from "#lib/outbox";
import type { Change } from "#lib/outbox";

/** Begins storms and ends them; answers how many. A storm takes over the service's newest open incident that alerts opened. */
export async function watchStorms(scope: TransactionContext): Promise<number> {
  const { tx, now } = scope;
  const rates = await loadAlertRates(tx);
  const over = rates.filter((rate) => rate.stormId !== null && isOver(rate));
  const fresh = rates.flatMap((rate) => {
    const judged = rate.stormId === null ? judgeStorm(rate) : null;
    return judged?.isStorm ? [{ serviceId: rate.serviceId, because: judged.because }] : [];
  });
  const ended = over.flatMap(({ stormId }) => stormId ?? []);
  if (ended.length > 0) await tx.update(storms).set({ endedAt: now }).where(inArray(storms.id, ended));
  if (fresh.length > 0) {
    await tx
      .insert(storms)
      .values(fresh.map((storm) => ({ id: newId(now.getTime()), startedAt: now, ...storm })))
      .onConflictDoNothing();
    await tx.execute(sql`
      update storms set incident_id = (
        select incidents.id from incidents
        where incidents.service_id = storms.service_id and incidents.status <> 'resolved' and incidents.origin = 'event'
        order by incidents.created_at desc, incidents.id desc limit 1
      )
      where storms.ended_at is null and storms.incident_id is null`);
  }
  await publish(
    scope,
    ...over.map(({ serviceId }) => changeOf("storm.ended", serviceId)),
    ...fresh.map(({ serviceId }) => changeOf("storm.began", serviceId)),
  );
  return over.length + fresh.length;
}

function changeOf(topic: string, serviceId: string): Change {
  return { topic, entityType: "storm", entityId: serviceId };
}
