import { and, eq, inArray, isNull, ne } from "drizzle-orm";
import { groupings, groupingServices } from "#db/schema/noise";
import { services } from "#db/schema/services";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { refuseViolations, TAKEN } from "#lib/database-errors";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { groupingSetSchema, serviceGroupingSchema } from "#lib/noise/schemas";
import type { GroupingSetInput, ServiceGroupingInput } from "#lib/noise/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { lockService } from "#lib/services/commands/lock-service";
import { refuseStaleVersion } from "#lib/stale-version";

type Setting = Pick<
  typeof groupings.$inferInsert,
  "mode" | "windowSeconds" | "fields" | "aggregate" | "threshold" | "raisesUrgency"
>;

/** Sets how a service gathers its alerts. Refused while it belongs to a named set: that decides. */
export async function saveServiceGrouping(ctx: Context, input: ServiceGroupingInput): Promise<void> {
  requirePermission(ctx.actor, "configure");
  const { serviceId, expectedVersion, ...setting } = parseInput(serviceGroupingSchema, input);
  await inTransaction(ctx, async (scope) => {
    const service = await lockService(scope.tx, serviceId);
    const [before] = await scope.tx
      .select({ grouping: groupings })
      .from(groupingServices)
      .innerJoin(groupings, eq(groupings.id, groupingServices.groupingId))
      .where(eq(groupingServices.serviceId, serviceId))
      .for("update");
    if (before?.grouping.name != null) {
      throw new AppError("conflict", `${service.name} belongs to “${before.grouping.name}”, which decides.`);
    }
    await write(scope, {
      grouping: before?.grouping ?? null,
      expectedVersion,
      values: { ...setting, name: null },
      serviceIds: [serviceId],
      title: `Grouping of ${service.name}`,
    });
    await publish(scope, { topic: "service.updated", entityType: "service", entityId: serviceId });
  });
}

/** Makes or changes a named set of services that share incidents. Settings that its services had of their own are replaced. */
export async function saveGroupingSet(
  ctx: Context,
  input: GroupingSetInput,
): Promise<{ groupingId: string }> {
  requirePermission(ctx.actor, "configure");
  const { groupingId, expectedVersion, name, serviceIds, ...setting } = parseInput(groupingSetSchema, input);
  return refuseViolations({ groupings_name_key: { field: "name", message: TAKEN } }, () =>
    inTransaction(ctx, async (scope) => {
      const grouping = groupingId === null ? null : await lockGrouping(scope, groupingId);
      const ids = [...new Set(serviceIds)];
      await requireFree(scope, ids, groupingId);
      const id = await write(scope, {
        grouping,
        expectedVersion,
        values: { ...setting, name },
        serviceIds: ids,
        title: name,
      });
      await publish(scope, { topic: "grouping.updated", entityType: "grouping", entityId: id });
      return { groupingId: id };
    }),
  );
}

/** Deletes a named set: its services gather nothing from then on. */
export async function deleteGroupingSet(ctx: Context, input: { groupingId: string }): Promise<void> {
  requirePermission(ctx.actor, "configure");
  await inTransaction(ctx, async (scope) => {
    const grouping = await lockGrouping(scope, input.groupingId);
    await scope.tx.delete(groupings).where(eq(groupings.id, grouping.id));
    await audit(scope, {
      action: "delete",
      objectType: "grouping",
      objectId: grouping.id,
      objectName: grouping.name ?? "",
    });
    await publish(scope, { topic: "grouping.deleted", entityType: "grouping", entityId: grouping.id });
  });
}

type Saved = {
  grouping: typeof groupings.$inferSelect | null;
  expectedVersion: number | null;
  values: Setting & { name: string | null };
  serviceIds: readonly string[];
  title: string;
};

async function write(scope: TransactionContext, saved: Saved): Promise<string> {
  const { grouping, expectedVersion, values, serviceIds, title } = saved;
  const { tx, now } = scope;
  const id = grouping?.id ?? newId(now.getTime());
  if (grouping) {
    const object = { objectType: "grouping", id, name: title, version: grouping.version };
    await refuseStaleVersion(tx, object, expectedVersion);
    const version = grouping.version + 1;
    await tx
      .update(groupings)
      .set({ ...values, version, updatedAt: now })
      .where(eq(groupings.id, id));
  } else await tx.insert(groupings).values({ id, ...values, createdAt: now, updatedAt: now });
  await tx.delete(groupingServices).where(eq(groupingServices.groupingId, id));
  await leaveOwn(scope, serviceIds, id);
  await tx.insert(groupingServices).values(serviceIds.map((serviceId) => ({ serviceId, groupingId: id })));
  await audit(scope, {
    action: grouping ? "update" : "create",
    objectType: "grouping",
    objectId: id,
    objectName: title,
    ...(grouping && { before: printable(grouping) }),
    after: { ...values, serviceIds },
  });
  return id;
}

/** Settings of their own that services had. */
async function leaveOwn({ tx }: TransactionContext, serviceIds: readonly string[], groupingId: string) {
  const own = tx
    .select({ id: groupingServices.groupingId })
    .from(groupingServices)
    .where(inArray(groupingServices.serviceId, [...serviceIds]));
  await tx
    .delete(groupings)
    .where(and(isNull(groupings.name), ne(groupings.id, groupingId), inArray(groupings.id, own)));
}

async function requireFree({ tx }: TransactionContext, serviceIds: string[], groupingId: string | null) {
  const known = await tx
    .select({ id: services.id, name: services.name, set: groupings.name, setId: groupings.id })
    .from(services)
    .leftJoin(groupingServices, eq(groupingServices.serviceId, services.id))
    .leftJoin(groupings, eq(groupings.id, groupingServices.groupingId))
    .where(and(inArray(services.id, serviceIds), isNull(services.deletedAt)));
  const unknown = serviceIds.filter((id) => !known.some((service) => service.id === id));
  if (unknown.length > 0) throw refused(`There is no service ${unknown.join(", ")}.`);
  const taken = known.find(({ set, setId }) => set !== null && setId !== groupingId);
  if (taken) throw refused(`${taken.name} belongs to “${taken.set}” already.`);
}

function refused(message: string): AppError {
  return new AppError("invalid", message, { fields: [{ field: "serviceIds", message }] });
}

async function lockGrouping({ tx }: TransactionContext, groupingId: string) {
  const [grouping] = await tx.select().from(groupings).where(eq(groupings.id, groupingId)).for("update");
  if (grouping?.name == null) throw new AppError("not_found", "There is no such set of services.");
  return grouping;
}

function printable(grouping: typeof groupings.$inferSelect): Record<string, unknown> {
  const { mode, windowSeconds, fields, aggregate, threshold, raisesUrgency, name } = grouping;
  return { mode, windowSeconds, fields, aggregate, threshold, raisesUrgency, name };
}
