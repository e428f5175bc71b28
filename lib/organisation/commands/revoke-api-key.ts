import { eq } from "drizzle-orm";
import { apiKeys } from "#db/schema/organisation";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { lockApiKey } from "#lib/organisation/commands/lock-api-key";
import { publish } from "#lib/outbox";

/** Ends a key at once and for good. */
export async function revokeApiKey(ctx: Context, input: { keyId: string }): Promise<void> {
  requirePermission(ctx.actor, "read");
  await inTransaction(ctx, async (scope) => {
    const key = await lockApiKey(scope, input.keyId);
    await scope.tx.update(apiKeys).set({ revokedAt: scope.now }).where(eq(apiKeys.id, key.id));
    await audit(scope, { action: "revoke", objectType: "api_key", objectId: key.id, objectName: key.name });
    await publish(scope, { topic: "api_key.revoked", entityType: "api_key", entityId: key.id });
  });
}
