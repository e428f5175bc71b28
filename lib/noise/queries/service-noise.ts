import { eq } from "drizzle-orm";
import { groupings, groupingServices, serviceNoise } from "#db/schema/noise";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { GroupingSetting } from "#lib/noise/grouping-setting";
import { USUAL_GROUPING } from "#lib/noise/usual-grouping";

export type ServiceNoise = {
  grouping: GroupingSetting & { raisesUrgency: boolean };
  /** Null: it was never set. */
  version: number | null;
  /** The named set that decides for the service. */
  set: { id: string; name: string } | null;
  autoPauseSeconds: number | null;
  dampFlapping: boolean;
  stormMode: boolean;
};

/** What a service does about noise. */
export async function getServiceNoise(ctx: Context, serviceId: string): Promise<ServiceNoise> {
  requirePermission(ctx.actor, "read");
  const [found, quiet] = await Promise.all([
    ctx.db
      .select({ grouping: groupings })
      .from(groupingServices)
      .innerJoin(groupings, eq(groupings.id, groupingServices.groupingId))
      .where(eq(groupingServices.serviceId, serviceId)),
    ctx.db.select().from(serviceNoise).where(eq(serviceNoise.serviceId, serviceId)),
  ]);
  const grouping = found[0]?.grouping;
  const { mode, windowSeconds, fields, aggregate, threshold, raisesUrgency } = grouping ?? USUAL_GROUPING;
  return {
    grouping: { mode, windowSeconds, fields, aggregate, threshold, raisesUrgency },
    version: grouping?.version ?? null,
    set: grouping?.name == null ? null : { id: grouping.id, name: grouping.name },
    ...quietOf(quiet[0]),
  };
}

function quietOf(row: typeof serviceNoise.$inferSelect | undefined) {
  return {
    autoPauseSeconds: row?.autoPauseSeconds ?? null,
    dampFlapping: row?.dampFlapping ?? false,
    stormMode: row?.stormMode ?? false,
  };
}
