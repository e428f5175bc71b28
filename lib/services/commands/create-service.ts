import { services } from "#db/schema/services";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { refuseViolations } from "#lib/database-errors";
import { newId } from "#lib/ids";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { holdPolicy, requireSupportHours, SERVICE_CONSTRAINTS } from "#lib/services/commands/lock-service";
import { serviceInputSchema } from "#lib/services/schemas";
import type { ServiceInput } from "#lib/services/schemas";
import { freeSlug } from "#lib/slugs";

export async function createService(
  ctx: Context,
  input: ServiceInput,
): Promise<{ id: string; slug: string }> {
  requirePermission(ctx.actor, "configure");
  const service = parseInput(serviceInputSchema, input);
  requireSupportHours(service);
  return refuseViolations(SERVICE_CONSTRAINTS, () =>
    inTransaction(ctx, async (scope) => {
      const { tx, now } = scope;
      await holdPolicy(tx, service.escalationPolicyId);
      const id = newId(now.getTime());
      const slug = await freeSlug(tx, services, service.name, id);
      await tx.insert(services).values({ ...service, id, slug, createdAt: now, updatedAt: now });
      await audit(scope, {
        action: "create",
        objectType: "service",
        objectId: id,
        objectName: service.name,
        after: service,
      });
      await publish(scope, { topic: "service.created", entityType: "service", entityId: id });
      return { id, slug };
    }),
  );
}
