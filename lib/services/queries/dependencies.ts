import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { serviceDependencies, services } from "#db/schema/services";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { Health } from "#lib/services/health";
import { healthExpression, openIncidentsOf } from "#lib/services/queries/load-services";

export type DependencyDto = { id: string; slug: string; name: string; tier: number; health: Health };

/** What a service uses and what uses it, by name; one step in each direction. */
export async function listDependencies(
  ctx: Context,
  serviceId: string,
): Promise<{ uses: DependencyDto[]; usedBy: DependencyDto[] }> {
  requirePermission(ctx.actor, "read");
  const { dependentId, supportingId } = serviceDependencies;
  const open = openIncidentsOf(ctx.db);
  const read = (
    from: typeof dependentId | typeof supportingId,
    to: typeof dependentId | typeof supportingId,
  ) =>
    ctx.db
      .select({
        id: services.id,
        slug: services.slug,
        name: services.name,
        tier: services.tier,
        health: healthExpression(open),
      })
      .from(services)
      .leftJoin(open, eq(open.serviceId, services.id))
      .where(
        and(
          isNull(services.deletedAt),
          inArray(
            services.id,
            ctx.db.select({ id: to }).from(serviceDependencies).where(eq(from, serviceId)),
          ),
        ),
      )
      .orderBy(asc(sql`lower(${services.name})`));
  const [uses, usedBy] = await Promise.all([
    read(dependentId, supportingId),
    read(supportingId, dependentId),
  ]);
  return { uses, usedBy };
}
