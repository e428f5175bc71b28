import { eq } from "drizzle-orm";
import { integrations } from "#db/schema/services";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { publish } from "#lib/outbox";
import { lockIntegration } from "#lib/services/commands/lock-service";

/** Lets rules choose the service of an integration's events from now on, or not any more. Throws `not_found`. */
export async function routeByRules(
  ctx: Context,
  { integrationId, isRouted }: { integrationId: string; isRouted: boolean },
): Promise<void> {
  requirePermission(ctx.actor, "configure");
  await inTransaction(ctx, async (scope) => {
    const integration = await lockIntegration(scope.tx, integrationId);
    if (integration.isRouted === isRouted) return;
    await scope.tx.update(integrations).set({ isRouted }).where(eq(integrations.id, integrationId));
    await audit(scope, {
      action: "update",
      objectType: "integration",
      objectId: integrationId,
      objectName: integration.name,
      before: { isRouted: integration.isRouted },
      after: { isRouted },
    });
    await publish(scope, {
      topic: "integration.updated",
      entityType: "service",
      entityId: integration.serviceId,
    });
  });
}
