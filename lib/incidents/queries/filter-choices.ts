import { asc, isNull } from "drizzle-orm";
import { priorities } from "#db/schema/incidents";
import { teams } from "#db/schema/people";
import { services } from "#db/schema/services";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { FilterChoicesDto } from "#lib/incidents/schemas";

/** What the filters and forms about incidents offer. */
export async function readFilterChoices(ctx: Context): Promise<FilterChoicesDto> {
  requirePermission(ctx.actor, "read");
  const [serviceRows, teamRows, priorityRows] = await Promise.all([
    ctx.db
      .select({ id: services.id, name: services.name })
      .from(services)
      .where(isNull(services.deletedAt))
      .orderBy(asc(services.name)),
    ctx.db.select({ id: teams.id, name: teams.name }).from(teams).orderBy(asc(teams.name)),
    ctx.db
      .select({
        id: priorities.id,
        name: priorities.name,
        rank: priorities.rank,
        description: priorities.description,
      })
      .from(priorities)
      .orderBy(asc(priorities.rank)),
  ]);
  return { services: serviceRows, teams: teamRows, priorities: priorityRows };
}
