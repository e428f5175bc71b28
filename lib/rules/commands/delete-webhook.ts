import { eq } from "drizzle-orm";
import { ruleWebhooks } from "#db/schema/rule-webhooks";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { publish } from "#lib/outbox";
import { lockWebhook } from "#lib/rules/commands/lock-webhook";

/** Deletes a webhook and the calls that wait for it; rules that name it call nobody. Throws `not_found`. */
export async function deleteWebhook(ctx: Context, webhookId: string): Promise<void> {
  requirePermission(ctx.actor, "configure");
  await inTransaction(ctx, async (scope) => {
    const { name, host } = await lockWebhook(scope.tx, webhookId);
    await scope.tx.delete(ruleWebhooks).where(eq(ruleWebhooks.id, webhookId));
    await audit(scope, {
      action: "delete",
      objectType: "rule_webhook",
      objectId: webhookId,
      objectName: name,
      before: { name, host },
    });
    await publish(scope, { topic: "rule_webhook.deleted", entityType: "rule_set", entityId: webhookId });
  });
}
