import { asc, eq, isNotNull, isNull } from "drizzle-orm";
import { groupings, groupingServices } from "#db/schema/noise";
import { services } from "#db/schema/services";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { GroupingSetting } from "#lib/noise/grouping-setting";

export type GroupingSet = GroupingSetting & {
  id: string;
  name: string;
  version: number;
  raisesUrgency: boolean;
  services: { id: string; name: string; slug: string }[];
};

export type GroupingSets = {
  sets: GroupingSet[];
  /** Every service, with the set that it belongs to. */
  services: { id: string; name: string; setId: string | null }[];
};

/** The named sets of services that share incidents. */
export async function listGroupingSets(ctx: Context): Promise<GroupingSets> {
  requirePermission(ctx.actor, "read");
  const [sets, known] = await Promise.all([
    ctx.db.select().from(groupings).where(isNotNull(groupings.name)).orderBy(asc(groupings.name)),
    ctx.db
      .select({
        id: services.id,
        name: services.name,
        slug: services.slug,
        groupingId: groupingServices.groupingId,
      })
      .from(services)
      .leftJoin(groupingServices, eq(groupingServices.serviceId, services.id))
      .where(isNull(services.deletedAt))
      .orderBy(asc(services.name)),
  ]);
  const named = new Set(sets.map(({ id }) => id));
  return {
    sets: sets.map(
      ({ id, name, version, mode, windowSeconds, fields, aggregate, threshold, raisesUrgency }) => ({
        id,
        name: name ?? "",
        version,
        mode,
        windowSeconds,
        fields,
        aggregate,
        threshold,
        raisesUrgency,
        services: known
          .filter(({ groupingId }) => groupingId === id)
          .map((service) => ({ id: service.id, name: service.name, slug: service.slug })),
      }),
    ),
    services: known.map(({ id, name, groupingId }) => ({
      id,
      name,
      setId: groupingId !== null && named.has(groupingId) ? groupingId : null,
    })),
  };
}
