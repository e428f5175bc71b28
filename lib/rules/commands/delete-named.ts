import { eq } from "drizzle-orm";
import type { cacheVariables } from "#db/schema/cache-variables";
import type { ruleWebhooks } from "#db/schema/rule-webhooks";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, Transaction } from "#lib/context";
import { publish } from "#lib/outbox";

type Deletion = {
  table: typeof cacheVariables | typeof ruleWebhooks;
  id: string;
  objectType: "cache_variable" | "rule_webhook";
  /** Locks it and answers what the record keeps of it. Throws `not_found`. */
  lock: (tx: Transaction, id: string) => Promise<{ name: string; [key: string]: unknown }>;
};

/** Deletes what rules use by its name; they find nothing there from then on. Throws `not_found`. */
export async function deleteNamed(ctx: Context, { table, id, objectType, lock }: Deletion): Promise<void> {
  requirePermission(ctx.actor, "configure");
  await inTransaction(ctx, async (scope) => {
    const before = await lock(scope.tx, id);
    await scope.tx.delete(table).where(eq(table.id, id));
    await audit(scope, { action: "delete", objectType, objectId: id, objectName: before.name, before });
    await publish(scope, { topic: `${objectType}.deleted`, entityType: "rule_set", entityId: id });
  });
}
