import { eq } from "drizzle-orm";
import { services } from "#db/schema/services";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { publish } from "#lib/outbox";
import { lockService } from "#lib/services/commands/lock-service";

/** Disables a service, so that its events open nothing, or enables it again. Doing it twice changes nothing. */
export async function switchService(
  ctx: Context,
  input: { serviceId: string; enabled: boolean },
): Promise<void> {
  requirePermission(ctx.actor, "configure");
  await inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const service = await lockService(tx, input.serviceId);
    if ((service.disabledAt === null) === input.enabled) return;
    const disabledAt = input.enabled ? null : now;
    await tx.update(services).set({ disabledAt, updatedAt: now }).where(eq(services.id, service.id));
    const verb = input.enabled ? "enable" : "disable";
    await audit(scope, {
      action: verb,
      objectType: "service",
      objectId: service.id,
      objectName: service.name,
    });
    await publish(scope, { topic: `service.${verb}d`, entityType: "service", entityId: service.id });
  });
}
