import { and, eq, isNull, or } from "drizzle-orm";
import { integrations, serviceDependencies, services } from "#db/schema/services";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { publish } from "#lib/outbox";
import { lockService } from "#lib/services/commands/lock-service";

/** Takes a service out of the catalogue: its keys stop working and nothing depends on it any more. Its incidents stay. */
export async function deleteService(ctx: Context, serviceId: string): Promise<void> {
  requirePermission(ctx.actor, "configure");
  await inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const service = await lockService(tx, serviceId);
    await tx.update(services).set({ deletedAt: now, updatedAt: now }).where(eq(services.id, serviceId));
    await tx
      .update(integrations)
      .set({ deletedAt: now })
      .where(and(eq(integrations.serviceId, serviceId), isNull(integrations.deletedAt)));
    await tx
      .delete(serviceDependencies)
      .where(
        or(eq(serviceDependencies.dependentId, serviceId), eq(serviceDependencies.supportingId, serviceId)),
      );
    await audit(scope, {
      action: "delete",
      objectType: "service",
      objectId: serviceId,
      objectName: service.name,
    });
    await publish(scope, { topic: "service.deleted", entityType: "service", entityId: serviceId });
  });
}
