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
import { updateHandoffRuleSchema } from "#lib/notifications/schemas";
import type { UpdateHandoffRuleInput } from "#lib/notifications/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";

/** Changes the given parts of one hand-off rule. */
export async function updateHandoffRule(ctx: Context, input: UpdateHandoffRuleInput): Promise<void> {
  const { ruleId, ...given } = parseInput(updateHandoffRuleSchema, input);
  await refuseViolations(RULE_CONSTRAINTS, () =>
    inTransaction(ctx, async (scope) => {
      const rule = await lockNotificationRule(scope, ruleId, "handoff");
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
        objectName: "handoff",
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
