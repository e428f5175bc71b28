import { and, eq, inArray, sql } from "drizzle-orm";
import { alerts } from "#db/schema/events";
import { endAlerts } from "#lib/alerts/commands/write-alerts";
import { inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { whoOf } from "#lib/incidents/commands/change-incidents";
import { lockIncident } from "#lib/incidents/commands/lock-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import type { Transition } from "#lib/incidents/incident";
import { resolve } from "#lib/incidents/resolve";

/** Ends open alerts of an incident by hand. With its last open alert the incident is resolved too, as when their source ends them. */
export async function resolveAlerts(
  ctx: Context,
  input: { incidentId: string; alertIds: readonly string[] },
): Promise<void> {
  requirePermission(ctx.actor, "incident.respond");
  await inTransaction(ctx, async (scope) => {
    const state = await lockIncident(scope.tx, input.incidentId);
    const ids = [...new Set(input.alertIds)];
    const found = await scope.tx
      .select({ id: alerts.id, status: alerts.status, summary: alerts.summary })
      .from(alerts)
      .where(and(eq(alerts.incidentId, state.id), inArray(alerts.id, ids)));
    if (found.length !== ids.length) {
      throw new AppError("not_found", "There is no such alert on this incident.", { wireCode: 5001 });
    }
    const open = found.filter(({ status }) => status === "triggered");
    if (open.length === 0) return;
    await endAlerts(
      scope,
      open.map(({ id }) => id),
      false,
    );
    const [left] = await scope.tx
      .select({ open: sql<number>`count(*)::int` })
      .from(alerts)
      .where(and(eq(alerts.incidentId, state.id), eq(alerts.status, "triggered")));
    const log = open.map(({ id, summary }) => ({
      type: "alert_resolved" as const,
      class: "system" as const,
      data: { alertId: id, summary },
    }));
    const change: Transition =
      left?.open === 0 && state.status !== "resolved"
        ? resolve(state, whoOf(scope), scope.now, { resolution: null, via: "person" })
        : { kind: "change", topic: "incident.alerts_resolved", patch: {}, log: [] };
    if (change.kind === "refused") throw new Error(`Resolving was refused: ${change.because}.`);
    await saveChanges(scope, [{ state, change: { ...change, log: [...log, ...change.log] } }]);
  });
}
