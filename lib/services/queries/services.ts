import { and, asc, count, desc, eq, exists, isNull, or, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "#db/connect";
import { teams } from "#db/schema/people";
import { integrations, services } from "#db/schema/services";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { contains, isAmong, isCalled } from "#lib/filters";
import type { Health } from "#lib/services/health";
import {
  healthExpression,
  openIncidentsOf,
  selectServices,
  toServiceDtos,
} from "#lib/services/queries/load-services";
import type { ServiceDto } from "#lib/services/queries/load-services";
import { INTEGRATION_KEY } from "#lib/services/schemas";
import { isIdOrSlug } from "#lib/slugs";

export type ServiceFilter = {
  /** Part of the name, description or team, or a whole integration key. */
  query?: string;
  /** The whole name, in any case of letters. */
  name?: string;
  ids?: readonly string[];
  teamIds?: readonly string[];
  policyIds?: readonly string[];
  tiers?: readonly number[];
  health?: readonly Health[];
  /** Only services that no team owns. */
  missingOwner?: boolean;
  descending?: boolean;
  limit?: number;
  offset?: number;
};

/** Live services by name. */
export async function listServices(
  ctx: Context,
  filter: ServiceFilter = {},
): Promise<{ services: ServiceDto[]; total: number }> {
  requirePermission(ctx.actor, "read");
  const open = openIncidentsOf(ctx.db);
  const where = and(isNull(services.deletedAt), ...conditions(ctx.db, filter, healthExpression(open)));
  const byName = sql`lower(${services.name})`;
  const [rows, [counted]] = await Promise.all([
    selectServices(ctx.db, open)
      .where(where)
      .orderBy(filter.descending ? desc(byName) : asc(byName), asc(services.id))
      .limit(filter.limit ?? 1000)
      .offset(filter.offset ?? 0),
    ctx.db
      .select({ total: count() })
      .from(services)
      .leftJoin(teams, eq(teams.id, services.teamId))
      .leftJoin(open, eq(open.serviceId, services.id))
      .where(where),
  ]);
  return { services: await toServiceDtos(ctx.db, rows), total: counted?.total ?? 0 };
}

/** One live service by its id or slug. Throws `not_found`. */
export async function getService(ctx: Context, idOrSlug: string): Promise<ServiceDto> {
  requirePermission(ctx.actor, "read");
  const named = or(eq(services.id, idOrSlug), eq(services.slug, idOrSlug));
  const rows = isIdOrSlug(idOrSlug)
    ? await selectServices(ctx.db, openIncidentsOf(ctx.db)).where(and(isNull(services.deletedAt), named))
    : [];
  const [service] = await toServiceDtos(ctx.db, rows);
  if (!service) throw new AppError("not_found", "There is no such service.", { wireCode: 5002 });
  return service;
}

function conditions(db: Database, filter: ServiceFilter, health: SQL<Health>): (SQL | undefined)[] {
  return [
    filter.query ? matches(db, filter.query) : undefined,
    isCalled(services.name, filter.name),
    isAmong(services.id, filter.ids),
    isAmong(services.teamId, filter.teamIds),
    isAmong(services.escalationPolicyId, filter.policyIds),
    isAmong(services.tier, filter.tiers),
    isAmong(health, filter.health),
    filter.missingOwner ? isNull(services.teamId) : undefined,
  ];
}

function matches(db: Database, query: string): SQL | undefined {
  // Catalogues of other tools look for the service behind an integration key with the same search.
  const hasKey = exists(
    db
      .select({ one: sql`1` })
      .from(integrations)
      .where(
        and(
          eq(integrations.serviceId, services.id),
          eq(integrations.key, query),
          isNull(integrations.deletedAt),
        ),
      ),
  );
  return or(
    contains(services.name, query),
    contains(services.description, query),
    contains(teams.name, query),
    INTEGRATION_KEY.test(query) ? hasKey : undefined,
  );
}
