import { eq } from "drizzle-orm";
import { apiKeys } from "#db/schema/organisation";
import { hashApiKey, newApiKey } from "#lib/auth/api-key";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { lockApiKey } from "#lib/organisation/commands/lock-api-key";
import { publish } from "#lib/outbox";
import { mayHoldKey } from "#lib/people/permissions";

/**
 * Gives a key a new secret under the same name and rights; the old secret ends at once. The answer alone holds the new one. Nobody gets the
 * key of another person that way, and with it their rights and name: that can only be revoked.
 */
export async function rotateApiKey(
  ctx: Context,
  input: { keyId: string },
): Promise<{ id: string; key: string }> {
  requirePermission(ctx.actor, "read");
  return inTransaction(ctx, async (scope) => {
    const { id, name, userId } = await lockApiKey(scope, input.keyId);
    if (!mayHoldKey(ctx.actor, userId)) {
      throw new AppError("forbidden", "Only its person may have this key; you can revoke it.", {
        wireCode: 2010,
      });
    }
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
