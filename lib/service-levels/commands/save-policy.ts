import { and, eq, isNull } from "drizzle-orm";
import { sql } from "drizzle-orm";
import { serviceLevelPolicies } from "#db/schema/service-levels";
import { changedFields } from "#lib/changed-fields";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { refuseViolations } from "#lib/database-errors";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { serviceLevelInputSchema } from "#lib/service-levels/schemas";
import type { ServiceLevelInput } from "#lib/service-levels/schemas";

const CONSTRAINTS = {
  service_level_policies_name_key: { field: "name", message: "is taken by another service level" },
};

/** Promises something from now on, also of incidents that are open. */
export async function createServiceLevel(ctx: Context, input: ServiceLevelInput): Promise<{ id: string }> {
  requirePermission(ctx.actor, "configure");
  const wanted = parseInput(serviceLevelInputSchema, input);
  return refuseViolations(CONSTRAINTS, () =>
    inTransaction(ctx, async (scope) => {
      const { tx, now } = scope;
      const id = newId(now.getTime());
      const [open] = await tx.execute<{ at: string | null }>(
        sql`select min(created_at)::text as at from incidents where status <> 'resolved'`,
      );
      const effectiveFrom = open?.at ? new Date(open.at) : now;
      await tx.insert(serviceLevelPolicies).values({
        id,
        ...wanted,
        effectiveFrom,
        restatedAfter: "",
        createdAt: now,
        updatedAt: now,
      });
      await tell(scope, "create", id, wanted.name, undefined, wanted);
      return { id };
    }),
  );
}

/** Changes a promise, for past incidents as well: they are measured anew in the background. */
export async function updateServiceLevel(
  ctx: Context,
  { policyId, ...input }: ServiceLevelInput & { policyId: string },
): Promise<void> {
  requirePermission(ctx.actor, "configure");
  const wanted = parseInput(serviceLevelInputSchema, input);
  await refuseViolations(CONSTRAINTS, () =>
    inTransaction(ctx, async (scope) => {
      const stored = await lock(scope, policyId);
      const { before, after, isChanged } = changedFields(stored, wanted);
      if (!isChanged) return;
      await scope.tx
        .update(serviceLevelPolicies)
        .set({ ...wanted, restatedAfter: "", updatedAt: scope.now })
        .where(eq(serviceLevelPolicies.id, policyId));
      await tell(scope, "update", policyId, wanted.name, before, after);
    }),
  );
}

/** Takes a promise back. What it measured is kept, and shown nowhere. */
export async function removeServiceLevel(ctx: Context, { policyId }: { policyId: string }): Promise<void> {
  requirePermission(ctx.actor, "configure");
  await inTransaction(ctx, async (scope) => {
    const { name } = await lock(scope, policyId);
    await scope.tx
      .update(serviceLevelPolicies)
      .set({ deletedAt: scope.now })
      .where(eq(serviceLevelPolicies.id, policyId));
    await tell(scope, "delete", policyId, name);
  });
}

async function lock({ tx }: TransactionContext, policyId: string) {
  const [row] = await tx
    .select()
    .from(serviceLevelPolicies)
    .where(and(eq(serviceLevelPolicies.id, policyId), isNull(serviceLevelPolicies.deletedAt)))
    .for("update");
  if (!row) throw new AppError("not_found", "There is no such service level.");
  return row;
}

async function tell(
  scope: TransactionContext,
  action: "create" | "update" | "delete",
  objectId: string,
  objectName: string,
  before?: Record<string, unknown>,
  after?: Record<string, unknown>,
): Promise<void> {
  await audit(scope, { action, objectType: "service_level", objectId, objectName, before, after });
  await publish(scope, {
    topic: `service_level.${action}d`,
    entityType: "service_level",
    entityId: objectId,
  });
  await scope.tx.execute(sql`select pg_notify('touchline_engine', 'service-levels')`);
}
