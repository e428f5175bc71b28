import { eq } from "drizzle-orm";
import { integrations } from "#db/schema/services";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { publish } from "#lib/outbox";
import { lockIntegration } from "#lib/services/commands/lock-service";

/** Its key stops working at once and is never given out again; the alerts that came through it stay. */
export async function deleteIntegration(ctx: Context, integrationId: string): Promise<void> {
  requirePermission(ctx.actor, "configure");
  await inTransaction(ctx, async (scope) => {
    const integration = await lockIntegration(scope.tx, integrationId);
    await scope.tx
      .update(integrations)
      .set({ deletedAt: scope.now })
      .where(eq(integrations.id, integrationId));
    await audit(scope, {
      action: "delete",
      objectType: "integration",
      objectId: integrationId,
      objectName: integration.name,
    });
    await publish(scope, {
      topic: "integration.deleted",
      entityType: "service",
      entityId: integration.serviceId,
    });
  });
}
