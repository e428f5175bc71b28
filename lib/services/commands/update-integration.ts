import { eq } from "drizzle-orm";
import { integrations } from "#db/schema/services";
import { changedFields } from "#lib/changed-fields";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { lockIntegration } from "#lib/services/commands/lock-service";
import { integrationUpdateSchema } from "#lib/services/schemas";
import type { IntegrationUpdate } from "#lib/services/schemas";

export async function updateIntegration(ctx: Context, input: IntegrationUpdate): Promise<void> {
  requirePermission(ctx.actor, "configure");
  const { integrationId, ...given } = parseInput(integrationUpdateSchema, input);
  await inTransaction(ctx, async (scope) => {
    const integration = await lockIntegration(scope.tx, integrationId);
    const { before, after, isChanged } = changedFields(integration, given);
    if (!isChanged) return;
    await scope.tx.update(integrations).set(after).where(eq(integrations.id, integrationId));
    await audit(scope, {
      action: "update",
      objectType: "integration",
      objectId: integrationId,
      objectName: given.name ?? integration.name,
      before,
      after,
    });
    await publish(scope, {
      topic: "integration.updated",
      entityType: "service",
      entityId: integration.serviceId,
    });
  });
}
