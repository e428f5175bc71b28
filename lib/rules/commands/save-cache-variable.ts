import { and, count, eq, isNull } from "drizzle-orm";
import { cacheVariables } from "#db/schema/cache-variables";
import { services } from "#db/schema/services";
import { newCompiler } from "#lib/cel/expression";
import { patternError } from "#lib/cel/re2";
import { changedFields } from "#lib/changed-fields";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, Transaction } from "#lib/context";
import { refuseViolations, TAKEN } from "#lib/database-errors";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { lockCacheVariable } from "#lib/rules/commands/lock-cache-variable";
import { celOf } from "#lib/rules/condition";
import { cacheVariableSchema } from "#lib/rules/schemas";
import type { CacheVariableInput } from "#lib/rules/schemas";
import { parsePath } from "#lib/rules/template";

/** Every batch of events reads them all. */
const MOST = 100;
const CONSTRAINTS = {
  cache_variables_name_key: { field: "name", message: TAKEN },
  cache_variables_service_name_key: { field: "name", message: TAKEN },
};
const ALWAYS = { kind: "simple", match: "all", comparisons: [] } as const;

/** Lets rules remember something from now on. Throws `not_found` for an unknown service, and `invalid`, naming the field. */
export async function createCacheVariable(
  ctx: Context,
  { serviceId, variable }: { serviceId: string | null; variable: CacheVariableInput },
): Promise<{ id: string }> {
  requirePermission(ctx.actor, "configure");
  const values = valuesOf(variable);
  return refuseViolations(CONSTRAINTS, () =>
    inTransaction(ctx, async (scope) => {
      await refuseMissingService(scope.tx, serviceId);
      const [known] = await scope.tx.select({ count: count() }).from(cacheVariables);
      if ((known?.count ?? 0) >= MOST)
        throw new AppError("invalid", `There are ${MOST} cache variables, and no room for more.`);
      const id = newId(scope.now.getTime());
      const { now: createdAt } = scope;
      await scope.tx
        .insert(cacheVariables)
        .values({ id, serviceId, ...values, version: 1, createdAt, updatedAt: createdAt });
      await audit(scope, {
        action: "create",
        objectType: "cache_variable",
        objectId: id,
        objectName: values.name,
        after: { serviceId, ...values },
      });
      await publish(scope, { topic: "cache_variable.created", entityType: "rule_set", entityId: id });
      return { id };
    }),
  );
}

/** Changes what is remembered; what it held stays. Throws `not_found`, and `invalid`, naming the field. */
export async function updateCacheVariable(
  ctx: Context,
  { variableId, variable }: { variableId: string; variable: CacheVariableInput },
): Promise<void> {
  requirePermission(ctx.actor, "configure");
  const values = valuesOf(variable);
  await refuseViolations(CONSTRAINTS, () =>
    inTransaction(ctx, async (scope) => {
      const current = await lockCacheVariable(scope.tx, variableId);
      if (current.kind !== values.kind)
        throw new AppError("invalid", "A variable keeps its kind: delete it and make another.", {
          fields: [{ field: "kind", message: "can't be changed" }],
        });
      const { before, after, isChanged } = changedFields(current, values);
      if (!isChanged) return;
      await scope.tx
        .update(cacheVariables)
        .set({ ...values, version: current.version + 1, updatedAt: scope.now })
        .where(eq(cacheVariables.id, variableId));
      await audit(scope, {
        action: "update",
        objectType: "cache_variable",
        objectId: variableId,
        objectName: values.name,
        before,
        after,
      });
      await publish(scope, { topic: "cache_variable.updated", entityType: "rule_set", entityId: variableId });
    }),
  );
}

function valuesOf(input: CacheVariableInput) {
  const variable = parseInput(cacheVariableSchema, input);
  const { name, kind, disabled, ttlSeconds } = variable;
  const isRead = variable.kind === "recent_value";
  const condition = variable.kind === "external_data" ? ALWAYS : variable.when;
  const path = isRead ? variable.path : null;
  const pattern = isRead ? variable.pattern : null;
  const dataType = variable.kind === "external_data" ? variable.dataType : null;
  const values = { name, kind, disabled, ttlSeconds, condition, path, pattern, dataType };
  refuseUnreadable(values);
  return values;
}

function refuseUnreadable({ condition, path, pattern }: ReturnType<typeof valuesOf>): void {
  const source = celOf(condition);
  const compiled = source === null ? null : newCompiler(["event", "raw"]).compile(source);
  const root = path === null ? null : parsePath(path)?.root;
  const problems: [string, string | null][] = [
    [
      "when",
      compiled !== null && "error" in compiled
        ? `${compiled.error.message} (at character ${compiled.error.start + 1})`
        : null,
    ],
    ["path", path === null || root === "event" || root === "raw" ? null : "must begin with event or raw"],
    ["pattern", pattern === null ? null : patternError(pattern)],
  ];
  const fields = problems.flatMap(([field, message]) => (message === null ? [] : [{ field, message }]));
  const [first] = fields;
  if (first) throw new AppError("invalid", `${first.field}: ${first.message}`, { fields });
}

async function refuseMissingService(tx: Transaction, serviceId: string | null): Promise<void> {
  if (serviceId === null) return;
  const [service] = await tx
    .select({ id: services.id })
    .from(services)
    .where(and(eq(services.id, serviceId), isNull(services.deletedAt)));
  if (!service) throw new AppError("not_found", "There is no such service.");
}
