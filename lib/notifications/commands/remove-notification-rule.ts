import { eq } from "drizzle-orm";
import { notificationRules } from "#db/schema/people";
import { audit, inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { lockNotificationRule } from "#lib/notifications/commands/lock-notification-rule";
import { publish } from "#lib/outbox";

/** Removes one rule. Pages that are under way keep the plan they began with. */
export async function removeNotificationRule(ctx: Context, input: { ruleId: string }): Promise<void> {
  await inTransaction(ctx, async (scope) => {
    const { createdAt: _createdAt, ...before } = await lockNotificationRule(scope, input.ruleId);
    const { id, userId, kind, urgency } = before;
    await scope.tx.delete(notificationRules).where(eq(notificationRules.id, id));
    await audit(scope, {
      action: "removed",
      objectType: "notification_rule",
      objectId: id,
      objectName: urgency === null ? kind : `${urgency} urgency`,
      before,
    });
    await publish(scope, { topic: "notification_rules.updated", entityType: "user", entityId: userId });
  });
}
