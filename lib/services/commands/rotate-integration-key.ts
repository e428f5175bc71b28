import { eq } from "drizzle-orm";
import { integrations } from "#db/schema/services";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { publish } from "#lib/outbox";
import { newIntegrationKey } from "#lib/services/commands/create-integration";
import { lockIntegration } from "#lib/services/commands/lock-service";

const OVERLAP_MS = 24 * 3_600_000;

/**
 * Gives an integration a new key. The one it replaces is accepted for 24 hours more; one before that stops working, so that rotating
 * twice puts a key that leaked out of use.
 */
export async function rotateIntegrationKey(
  ctx: Context,
  integrationId: string,
): Promise<{ key: string; previousKeyUntil: string }> {
  requirePermission(ctx.actor, "configure");
  return inTransaction(ctx, async (scope) => {
    const integration = await lockIntegration(scope.tx, integrationId);
    const key = newIntegrationKey();
    const previousKeyUntil = new Date(scope.now.getTime() + OVERLAP_MS);
    await scope.tx
      .update(integrations)
      .set({ key, previousKey: integration.key, previousKeyUntil })
      .where(eq(integrations.id, integrationId));
    await audit(scope, {
      action: "rotate_key",
      objectType: "integration",
      objectId: integrationId,
      objectName: integration.name,
    });
    await publish(scope, {
      topic: "integration.updated",
      entityType: "service",
      entityId: integration.serviceId,
    });
    return { key, previousKeyUntil: previousKeyUntil.toISOString() };
  });
}
