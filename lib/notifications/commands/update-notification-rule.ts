import { eq } from "drizzle-orm";
import { notificationRules } from "#db/schema/people";
import { changedFields } from "#lib/changed-fields";
import { audit, inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { refuseViolations } from "#lib/database-errors";
import {
  holdOwnMethod,
  lockNotificationRule,
  RULE_CONSTRAINTS,
} from "#lib/notifications/commands/lock-notification-rule";
import { updateNotificationRuleSchema } from "#lib/notifications/schemas";
import type { UpdateNotificationRuleInput } from "#lib/notifications/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";

/** Changes the given parts of one rule. Pages that are under way keep the plan they began with. */
export async function updateNotificationRule(
  ctx: Context,
  input: UpdateNotificationRuleInput,
): Promise<void> {
  const { ruleId, ...given } = parseInput(updateNotificationRuleSchema, input);
  await refuseViolations(RULE_CONSTRAINTS, () =>
    inTransaction(ctx, async (scope) => {
      const rule = await lockNotificationRule(scope, ruleId, "assigned");
      const { before, after, isChanged } = changedFields(rule, given);
      if (!isChanged) return;
      if (after.contactMethodId) {
        await holdOwnMethod(scope, { userId: rule.userId, contactMethodId: after.contactMethodId });
      }
      await scope.tx.update(notificationRules).set(after).where(eq(notificationRules.id, ruleId));
      await audit(scope, {
        action: "updated",
        objectType: "notification_rule",
        objectId: ruleId,
        objectName: `${after.urgency ?? rule.urgency} urgency`,
        before,
        after,
      });
      await publish(scope, {
        topic: "notification_rules.updated",
        entityType: "user",
        entityId: rule.userId,
      });
    }),
  );
}
