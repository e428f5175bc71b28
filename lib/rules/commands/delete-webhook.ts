import { ruleWebhooks } from "#db/schema/rule-webhooks";
import type { Context } from "#lib/context";
import { deleteNamed } from "#lib/rules/commands/delete-named";
import { lockWebhook } from "#lib/rules/commands/lock-webhook";

/** Deletes a webhook and the calls that wait for it. Throws `not_found`. */
export async function deleteWebhook(ctx: Context, webhookId: string): Promise<void> {
  await deleteNamed(ctx, {
    table: ruleWebhooks,
    id: webhookId,
    objectType: "rule_webhook",
    lock: async (tx, id) => {
      const { name, host } = await lockWebhook(tx, id);
      return { name, host };
    },
  });
}
