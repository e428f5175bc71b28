import { sql } from "drizzle-orm";
import { ruleCalls } from "#db/schema/rule-webhooks";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { newId } from "#lib/ids";
import { fillCallTemplate } from "#lib/rules/call-body";
import { lockWebhook } from "#lib/rules/commands/lock-webhook";

/** Calls a webhook the real way, about nothing. Throws `not_found`. */
export async function testWebhook(ctx: Context, webhookId: string): Promise<{ callId: string }> {
  requirePermission(ctx.actor, "configure");
  return inTransaction(ctx, async (scope) => {
    const { name, template } = await lockWebhook(scope.tx, webhookId);
    const id = newId(scope.now.getTime());
    const says = `Test of ${name}: nothing is wrong`;
    const body =
      template === null
        ? JSON.stringify({ type: "test", at: scope.now.toISOString(), message: says })
        : fillCallTemplate(template, () => says);
    await scope.tx.insert(ruleCalls).values({
      id,
      webhookId,
      rule: null,
      subjectKey: id,
      body,
      occurrences: 1,
      dueAt: scope.now,
      createdAt: scope.now,
    });
    await audit(scope, { action: "test", objectType: "rule_webhook", objectId: webhookId, objectName: name });
    await scope.tx.execute(sql`select pg_notify('touchline_engine', 'rule-calls')`);
    return { callId: id };
  });
}
