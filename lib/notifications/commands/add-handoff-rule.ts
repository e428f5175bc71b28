import { notificationRules } from "#db/schema/people";
import { audit, inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { refuseViolations } from "#lib/database-errors";
import { newId } from "#lib/ids";
import { holdOwnMethod, RULE_CONSTRAINTS } from "#lib/notifications/commands/lock-notification-rule";
import { addHandoffRuleSchema } from "#lib/notifications/schemas";
import type { AddHandoffRuleInput } from "#lib/notifications/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { requireSelfOrManager } from "#lib/people/commands/lock-user";

/** Has a person told that shifts of theirs begin or end. */
export async function addHandoffRule(ctx: Context, input: AddHandoffRuleInput): Promise<{ id: string }> {
  const { userId, ...rule } = parseInput(addHandoffRuleSchema, input);
  requireSelfOrManager(ctx.actor, userId);
  return refuseViolations(RULE_CONSTRAINTS, () =>
    inTransaction(ctx, async (scope) => {
      await holdOwnMethod(scope, { userId, contactMethodId: rule.contactMethodId });
      const id = newId(scope.now.getTime());
      await scope.tx
        .insert(notificationRules)
        .values({ id, userId, kind: "handoff", delayMinutes: 0, ...rule, createdAt: scope.now });
      await audit(scope, {
        action: "added",
        objectType: "notification_rule",
        objectId: id,
        objectName: "handoff",
        after: { userId, ...rule },
      });
      await publish(scope, { topic: "notification_rules.updated", entityType: "user", entityId: userId });
      return { id };
    }),
  );
}
