import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { serviceDependencies, services } from "#db/schema/services";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, Transaction } from "#lib/context";
import { AppError } from "#lib/errors";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { lockService } from "#lib/services/commands/lock-service";
import { dependenciesInputSchema } from "#lib/services/schemas";
import type { DependenciesInput } from "#lib/services/schemas";

/** Declares everything a service uses. Refused when something it uses depends, however far away, on the service itself. */
export async function setDependencies(ctx: Context, input: DependenciesInput): Promise<void> {
  requirePermission(ctx.actor, "configure");
  const { serviceId, supportingIds } = parseInput(dependenciesInputSchema, input);
  const wanted = [...new Set(supportingIds)];
  await inTransaction(ctx, async (scope) => {
    const { tx } = scope;
    // Two edits that are each harmless could close a circle together.
    await tx.execute(sql`lock table service_dependencies in share row exclusive mode`);
    const service = await lockService(tx, serviceId);
    await refuseUnknown(tx, wanted);
    const removed = await tx
      .delete(serviceDependencies)
      .where(eq(serviceDependencies.dependentId, serviceId))
      .returning({ id: serviceDependencies.supportingId });
    if (wanted.length > 0) {
      await refuseCircle(tx, serviceId, wanted);
      await tx
        .insert(serviceDependencies)
        .values(wanted.map((supportingId) => ({ dependentId: serviceId, supportingId })));
    }
    await audit(scope, {
      action: "set_dependencies",
      objectType: "service",
      objectId: serviceId,
      objectName: service.name,
      before: { supportingIds: removed.map(({ id }) => id) },
      after: { supportingIds: wanted },
    });
    await publish(scope, { topic: "service.updated", entityType: "service", entityId: serviceId });
  });
}

async function refuseUnknown(tx: Transaction, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const found = await tx
    .select({ id: services.id })
    .from(services)
    .where(and(inArray(services.id, ids), isNull(services.deletedAt)));
  const known = new Set(found.map(({ id }) => id));
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length > 0) throw refusal(`There is no service ${missing.join(", ")}.`);
}

async function refuseCircle(tx: Transaction, serviceId: string, supportingIds: string[]): Promise<void> {
  const circular = await tx
    .select({ name: services.name })
    .from(services)
    .where(
      sql`${services.id} in (
        with recursive reached(root, id) as (
          select s.id, s.id from services s where s.id in ${supportingIds}
          union
          select reached.root, d.supporting_id
          from service_dependencies d join reached on d.dependent_id = reached.id
        )
        select root from reached where reached.id = ${serviceId}
      )`,
    )
    .orderBy(asc(services.name));
  if (circular.length === 0) return;
  const names = circular.map(({ name }) => name).join(", ");
  throw refusal(`That would close a circle: ${names} depends on this service already.`);
}

function refusal(message: string): AppError {
  return new AppError("invalid", message, { fields: [{ field: "supportingIds", message }], wireCode: 2001 });
}
