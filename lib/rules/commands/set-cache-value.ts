import { and, eq } from "drizzle-orm";
import { cacheValues } from "#db/schema/cache-variables";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { lockCacheVariable } from "#lib/rules/commands/lock-cache-variable";
import { cacheValueSchema } from "#lib/rules/schemas";
import type { CacheValueInput } from "#lib/rules/schemas";

/** Beside the lanes of events. */
const FROM_OUTSIDE = -1;

/**
 * Sets what a variable that is set from outside says, for its time from now on; null: nothing any more. Throws `not_found`, `conflict`
 * where it is another kind of variable, and `invalid` for a value of another type than its own.
 */
export async function setCacheValue(
  ctx: Context,
  input: CacheValueInput & { variableId: string },
): Promise<{ expiresAt: Date | null }> {
  requirePermission(ctx.actor, "incident.respond");
  const { value } = parseInput(cacheValueSchema, { value: input.value });
  return inTransaction(ctx, async (scope) => {
    const variable = await lockCacheVariable(scope.tx, input.variableId);
    if (variable.kind !== "external_data")
      throw new AppError("conflict", `${variable.name} is taken from events; only external data can be set.`);
    if (value !== null && typeof value !== variable.dataType)
      throw new AppError("invalid", `${variable.name} takes a ${variable.dataType}.`, {
        fields: [{ field: "value", message: `must be a ${variable.dataType}` }],
      });
    const place = and(eq(cacheValues.variableId, variable.id), eq(cacheValues.lane, FROM_OUTSIDE));
    const [before] = await scope.tx.delete(cacheValues).where(place).returning({ value: cacheValues.value });
    const expiresAt =
      value === null ? null : new Date(scope.now.getTime() + (variable.ttlSeconds ?? 0) * 1000);
    if (value !== null)
      await scope.tx
        .insert(cacheValues)
        .values({ variableId: variable.id, lane: FROM_OUTSIDE, value, at: scope.now, expiresAt });
    await audit(scope, {
      action: "set",
      objectType: "cache_variable",
      objectId: variable.id,
      objectName: variable.name,
      before: { value: before?.value ?? null },
      after: { value, expiresAt: expiresAt?.toISOString() ?? null },
    });
    await publish(scope, { topic: "cache_variable.set", entityType: "rule_set", entityId: variable.id });
    return { expiresAt };
  });
}
