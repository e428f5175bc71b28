import { and, eq, or } from "drizzle-orm";
import { alerts } from "#db/schema/events";
import { groupingFeedback } from "#db/schema/noise";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { kindsOn, teach } from "#lib/noise/commands/teach";
import { judgeAlertSchema } from "#lib/noise/schemas";
import type { JudgeAlertInput } from "#lib/noise/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";

/** Says that an alert belongs with the others of its incident, or doesn't; nothing is moved. A new verdict replaces the person's last. */
export async function judgeAlert(ctx: Context, input: JudgeAlertInput): Promise<void> {
  requirePermission(ctx.actor, "incident.respond");
  const { alertId, judgement } = parseInput(judgeAlertSchema, input);
  await inTransaction(ctx, async (scope) => {
    const [alert] = await scope.tx.select().from(alerts).where(eq(alerts.id, alertId)).for("update");
    if (!alert) throw new AppError("not_found", "There is no such alert.", { wireCode: 5001 });
    const { templateId, incidentId } = alert;
    if (templateId === null || incidentId === null) {
      throw new AppError("conflict", "It is on no incident that it could be compared with.");
    }
    const others = await kindsOn(scope.tx, [incidentId], [alertId]);
    await scope.tx
      .delete(groupingFeedback)
      .where(
        and(
          eq(groupingFeedback.via, "verdict"),
          eq(groupingFeedback.userId, scope.actor.id ?? ""),
          or(eq(groupingFeedback.alertA, alertId), eq(groupingFeedback.alertB, alertId)),
        ),
      );
    await teach(scope, [[{ alertId, templateId }], others], judgement, "verdict");
    await audit(scope, {
      action: "judge",
      objectType: "alert",
      objectId: alertId,
      objectName: alert.summary,
      after: { judgement },
    });
    await publish(scope, { topic: "alert.judged", entityType: "incident", entityId: incidentId });
  });
}
