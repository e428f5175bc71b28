import { count } from "drizzle-orm";
import { incidentFacts } from "#db/schema/incident-facts";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { IncidentFilter } from "#lib/incidents/filter";
import { incidentConditions } from "#lib/incidents/queries/filter-conditions";

/** How many incidents the filter selects. */
export async function countIncidents(ctx: Context, filter: IncidentFilter): Promise<number> {
  requirePermission(ctx.actor, "read");
  const viewer = { userId: ctx.actor.id, timeZone: ctx.actor.timeZone };
  const [row] = await ctx.db
    .select({ count: count() })
    .from(incidentFacts)
    .where(incidentConditions(filter, viewer));
  return row?.count ?? 0;
}
