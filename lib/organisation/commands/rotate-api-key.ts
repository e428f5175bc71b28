import { eq } from "drizzle-orm";
import { apiKeys } from "#db/schema/organisation";
import { hashApiKey, newApiKey } from "#lib/auth/api-key";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { lockApiKey } from "#lib/organisation/commands/lock-api-key";
import { publish } from "#lib/outbox";

/** Gives a key a new secret under the same name and rights; the old secret ends at once. The answer alone holds the new one. */
export async function rotateApiKey(
  ctx: Context,
  input: { keyId: string },
): Promise<{ id: string; key: string }> {
  requirePermission(ctx.actor, "read");
  return inTransaction(ctx, async (scope) => {
    const { id, name } = await lockApiKey(scope, input.keyId);
    const key = newApiKey();
    await scope.tx
      .update(apiKeys)
      .set({ hash: hashApiKey(key), lastFour: key.slice(-4), lastUsedAt: null })
      .where(eq(apiKeys.id, id));
    await audit(scope, { action: "rotate", objectType: "api_key", objectId: id, objectName: name });
    await publish(scope, { topic: "api_key.rotated", entityType: "api_key", entityId: id });
    return { id, key };
  });
}
