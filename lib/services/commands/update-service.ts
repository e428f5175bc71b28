import { eq } from "drizzle-orm";
import { services } from "#db/schema/services";
import { changedFields } from "#lib/changed-fields";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { refuseViolations } from "#lib/database-errors";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import {
  holdPolicy,
  lockService,
  requireSupportHours,
  SERVICE_CONSTRAINTS,
} from "#lib/services/commands/lock-service";
import { serviceUpdateSchema } from "#lib/services/schemas";
import type { ServiceUpdate } from "#lib/services/schemas";

/** Changes the given settings. Open incidents keep their policy, urgency and running timers. */
export async function updateService(ctx: Context, input: ServiceUpdate): Promise<void> {
  requirePermission(ctx.actor, "configure");
  const { serviceId, ...given } = parseInput(serviceUpdateSchema, input);
  await refuseViolations(SERVICE_CONSTRAINTS, () =>
    inTransaction(ctx, async (scope) => {
      const { tx, now } = scope;
      const service = await lockService(tx, serviceId);
      const { before, after, isChanged } = changedFields(service, given);
      if (!isChanged) return;
      requireSupportHours({ ...service, ...given });
      if (after.escalationPolicyId) await holdPolicy(tx, after.escalationPolicyId);
      await tx
        .update(services)
        .set({ ...after, updatedAt: now })
        .where(eq(services.id, serviceId));
      await audit(scope, {
        action: "update",
        objectType: "service",
        objectId: serviceId,
        objectName: given.name ?? service.name,
        before,
        after,
      });
      await publish(scope, { topic: "service.updated", entityType: "service", entityId: serviceId });
    }),
  );
}
