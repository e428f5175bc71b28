import { notificationRules } from "#db/schema/people";
import { audit, inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { refuseViolations } from "#lib/database-errors";
import { newId } from "#lib/ids";
import { holdOwnMethod, RULE_CONSTRAINTS } from "#lib/notifications/commands/lock-notification-rule";
import { requireSelfOrManager } from "#lib/people/commands/lock-user";
import { addNotificationRuleSchema } from "#lib/notifications/schemas";
import type { AddNotificationRuleInput } from "#lib/notifications/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";

/** Adds one rule to a person's. Pages that are under way keep the plan they began with. */
export async function addNotificationRule(
  ctx: Context,
  input: AddNotificationRuleInput,
): Promise<{ id: string }> {
  const { userId, ...rule } = parseInput(addNotificationRuleSchema, input);
  requireSelfOrManager(ctx.actor, userId);
  return refuseViolations(RULE_CONSTRAINTS, () =>
    inTransaction(ctx, async (scope) => {
      await holdOwnMethod(scope, { userId, contactMethodId: rule.contactMethodId });
      const id = newId(scope.now.getTime());
      await scope.tx
        .insert(notificationRules)
        .values({ id, userId, kind: "assigned", ...rule, createdAt: scope.now });
      await audit(scope, {
        action: "added",
        objectType: "notification_rule",
        objectId: id,
        objectName: `${rule.urgency} urgency`,
        after: { userId, ...rule },
      });
      await publish(scope, { topic: "notification_rules.updated", entityType: "user", entityId: userId });
      return { id };
    }),
  );
}
