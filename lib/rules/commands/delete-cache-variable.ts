import { eq } from "drizzle-orm";
import { cacheVariables } from "#db/schema/cache-variables";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { publish } from "#lib/outbox";
import { lockCacheVariable } from "#lib/rules/commands/lock-cache-variable";

/** Forgets a variable and what it held; rules that read it find nothing there. Throws `not_found`. */
export async function deleteCacheVariable(ctx: Context, variableId: string): Promise<void> {
  requirePermission(ctx.actor, "configure");
  await inTransaction(ctx, async (scope) => {
    const { name, kind } = await lockCacheVariable(scope.tx, variableId);
    await scope.tx.delete(cacheVariables).where(eq(cacheVariables.id, variableId));
    await audit(scope, {
      action: "delete",
      objectType: "cache_variable",
      objectId: variableId,
      objectName: name,
      before: { name, kind },
    });
    await publish(scope, { topic: "cache_variable.deleted", entityType: "rule_set", entityId: variableId });
  });
}
