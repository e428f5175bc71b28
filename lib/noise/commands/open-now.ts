import { eq } from "drizzle-orm";
import { alerts } from "#db/schema/events";
import { lockHeldAlerts } from "#lib/alerts/commands/lock-held-alerts";
import { openHeld } from "#lib/alerts/commands/open-held";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { lockScopes } from "#lib/noise/commands/lock-scopes";
import { alertParams } from "#lib/noise/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";

/** Opens the incident of an alert that is held back, whatever holds it. */
export async function openNow(ctx: Context, input: { alertId: string }): Promise<{ incidentId: string }> {
  requirePermission(ctx.actor, "incident.respond");
  const { alertId } = parseInput(alertParams, input);
  return inTransaction(ctx, async (scope) => {
    const [alert] = await scope.tx.select().from(alerts).where(eq(alerts.id, alertId));
    if (!alert) throw new AppError("not_found", "There is no such alert.");
    await lockScopes(scope.tx, [alert.serviceId]);
    await lockHeldAlerts(scope.tx, [alertId]);
    const opened = (await openHeld(scope, [{ alertId }])).get(alertId);
    if (!opened?.incidentId) throw new AppError("conflict", "Nothing holds it back any more.");
    await audit(scope, {
      action: "open",
      objectType: "alert",
      objectId: alertId,
      objectName: alert.summary,
      after: { incidentId: opened.incidentId },
    });
    await publish(scope, { topic: "service.updated", entityType: "service", entityId: alert.serviceId });
    return { incidentId: opened.incidentId };
  });
}
