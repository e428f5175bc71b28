import { inArray } from "drizzle-orm";
import { storms } from "#db/schema/noise";
import type { TransactionContext } from "#lib/context";
import { beginStorms } from "#lib/noise/commands/begin-storms";
import { loadAlertRates } from "#lib/noise/queries/alert-rates";
import { isOver } from "#lib/noise/storm";
import { publish } from "#lib/outbox";

/** Begins storms and ends them; answers how many. */
export async function watchStorms(scope: TransactionContext): Promise<number> {
  const { tx, now } = scope;
  const rates = await loadAlertRates(tx);
  const over = rates.filter((rate) => rate.stormId !== null && isOver(rate));
  const ended = over.flatMap(({ stormId }) => stormId ?? []);
  if (ended.length > 0) await tx.update(storms).set({ endedAt: now }).where(inArray(storms.id, ended));
  const changes = over.map(({ serviceId }) => ({
    topic: "storm.ended",
    entityType: "storm",
    entityId: serviceId,
  }));
  await publish(scope, ...changes);
  return over.length + (await beginStorms(scope, rates));
}
