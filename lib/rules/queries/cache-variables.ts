import { and, asc, eq, isNull } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { cacheVariables } from "#db/schema/cache-variables";
import { services } from "#db/schema/services";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { cacheValueAt } from "#lib/rules/cache-variable";
import type { CacheDataType, CacheKind, CacheState, CacheValue } from "#lib/rules/cache-variable";
import { loadCacheStates } from "#lib/rules/queries/load-cache";
import type { RuleCondition } from "#lib/rules/rule";

export type CacheVariableDto = {
  id: string;
  name: string;
  service: { id: string; name: string; slug: string } | null;
  kind: CacheKind;
  when: RuleCondition;
  path: string | null;
  pattern: string | null;
  ttlSeconds: number | null;
  dataType: CacheDataType | null;
  disabled: boolean;
  createdAt: string;
  updatedAt: string;
  /** What it holds now; null: nothing. */
  value: CacheValue | null;
  /** When it was said last, and until when that counts; of a count neither. */
  saidAt: string | null;
  expiresAt: string | null;
};

const NOTHING: CacheState = { latest: null, counts: new Map() };

/** Cache variables by name: of the organisation (null), or of a service; all without. */
export async function listCacheVariables(
  ctx: Context,
  { serviceId }: { serviceId?: string | null } = {},
): Promise<CacheVariableDto[]> {
  requirePermission(ctx.actor, "read");
  if (serviceId === undefined) return select(ctx);
  return select(
    ctx,
    serviceId === null ? isNull(cacheVariables.serviceId) : eq(cacheVariables.serviceId, serviceId),
  );
}

/** One of them. Throws `not_found`. */
export async function getCacheVariable(ctx: Context, variableId: string): Promise<CacheVariableDto> {
  requirePermission(ctx.actor, "read");
  const [variable] = await select(ctx, eq(cacheVariables.id, variableId));
  if (!variable) throw new AppError("not_found", "There is no such cache variable.", { wireCode: 2100 });
  return variable;
}

async function select(ctx: Context, which?: SQL): Promise<CacheVariableDto[]> {
  const [rows, states, now] = await Promise.all([
    ctx.db
      .select({
        variable: cacheVariables,
        service: { id: services.id, name: services.name, slug: services.slug },
      })
      .from(cacheVariables)
      .leftJoin(services, eq(services.id, cacheVariables.serviceId))
      .where(and(which, isNull(services.deletedAt)))
      .orderBy(asc(cacheVariables.name), asc(cacheVariables.id)),
    loadCacheStates(ctx.db),
    readNow(ctx.db),
  ]);
  return rows.map(({ variable, service }) => {
    const { condition, version: _, serviceId: __, createdAt, updatedAt, ...facts } = variable;
    const state = states.get(variable.id) ?? NOTHING;
    const value = cacheValueAt(variable, state, now.getTime());
    const latest = value === null ? null : state.latest;
    return {
      ...facts,
      when: condition,
      service,
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
      value,
      saidAt: latest === null ? null : new Date(latest.at).toISOString(),
      expiresAt: latest?.expiresAt ? new Date(latest.expiresAt).toISOString() : null,
    };
  });
}
