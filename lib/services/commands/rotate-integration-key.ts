import { eq } from "drizzle-orm";
import { integrations } from "#db/schema/services";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { publish } from "#lib/outbox";
import { newIntegrationKey } from "#lib/services/commands/create-integration";
import { lockIntegration } from "#lib/services/commands/lock-service";

/** Replaces the key of an integration; the old one stops working at once. */
export async function rotateIntegrationKey(ctx: Context, integrationId: string): Promise<{ key: string }> {
  requirePermission(ctx.actor, "configure");
  return inTransaction(ctx, async (scope) => {
    const integration = await lockIntegration(scope.tx, integrationId);
    const key = newIntegrationKey();
    await scope.tx.update(integrations).set({ key }).where(eq(integrations.id, integrationId));
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
    return { key };
  });
}
