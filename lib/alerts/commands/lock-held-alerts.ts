import { and, asc, inArray, isNull } from "drizzle-orm";
import { alerts } from "#db/schema/events";
import type { Transaction } from "#lib/context";

/** Locks alerts that have no incident, in id order: whoever opens or ends one holds its row. */
export async function lockHeldAlerts(tx: Transaction, alertIds: readonly string[]): Promise<void> {
  if (alertIds.length === 0) return;
  await tx
    .select({ id: alerts.id })
    .from(alerts)
    .where(and(inArray(alerts.id, [...alertIds]), isNull(alerts.incidentId)))
    .orderBy(asc(alerts.id))
    .for("update");
}
