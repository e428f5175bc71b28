import { asc, isNull } from "drizzle-orm";
import { serviceLevelPolicies } from "#db/schema/service-levels";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { ServiceLevelPolicyDto } from "#lib/service-levels/schemas";

/** Every promise, by name. */
export async function listServiceLevelPolicies(ctx: Context): Promise<ServiceLevelPolicyDto[]> {
  requirePermission(ctx.actor, "read");
  const rows = await ctx.db
    .select()
    .from(serviceLevelPolicies)
    .where(isNull(serviceLevelPolicies.deletedAt))
    .orderBy(asc(serviceLevelPolicies.name));
  return rows.map(toDto);
}

function toDto(row: typeof serviceLevelPolicies.$inferSelect): ServiceLevelPolicyDto {
  const { id, name, metric, calendar, pausesWhileSnoozed, targets, goalPercent } = row;
  return {
    id,
    name,
    metric,
    calendar,
    pausesWhileSnoozed,
    targets,
    goalPercent,
    effectiveFrom: row.effectiveFrom.toISOString(),
    isRestating: row.restatedAfter !== null,
  };
}
