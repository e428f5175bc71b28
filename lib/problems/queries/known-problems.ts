import { and, eq, isNull, sql } from "drizzle-orm";
import { incidentFacts } from "#db/schema/incident-facts";
import { incidents } from "#db/schema/incidents";
import { problemIncidents, problems } from "#db/schema/problems";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { isKnown } from "#lib/problems/problem";
import type { KnownProblemDto } from "#lib/problems/schemas";
import { templateOf } from "#lib/problems/template";

/**
 * Problems that an incident is linked to, and known errors with a workaround whose kind it is: asked when the incident is looked at, so
 * that a workaround is there from its first second. Those with a workaround first.
 */
export async function listKnownProblems(ctx: Context, incidentId: string): Promise<KnownProblemDto[]> {
  requirePermission(ctx.actor, "read");
  const [incident] = await ctx.db
    .select({ title: incidents.title, serviceId: incidents.serviceId, feature: incidentFacts.feature })
    .from(incidents)
    .leftJoin(incidentFacts, eq(incidentFacts.incidentId, incidents.id))
    .where(eq(incidents.id, incidentId));
  if (!incident) return [];
  const template = templateOf(incident.title);
  const linked = sql<boolean>`${problemIncidents.problemId} is not null and ${problemIncidents.removedAt} is null`;
  const rows = await ctx.db
    .select({
      number: problems.number,
      title: problems.title,
      state: problems.state,
      workaround: problems.workaround,
      isLinked: linked,
    })
    .from(problems)
    .leftJoin(
      problemIncidents,
      and(eq(problemIncidents.problemId, problems.id), eq(problemIncidents.incidentId, incidentId)),
    )
    .where(
      sql`${linked} or (${isNull(problemIncidents.removedAt)} and (
        (${problems.serviceId} = ${incident.serviceId} and ${problems.template} = ${template})
        or ${problems.feature} = ${incident.feature}))`,
    )
    .orderBy(sql`${problems.workaround} is null`, problems.number);
  return rows
    .filter((row) => row.isLinked || isKnown(row))
    .map(({ number, title, state, workaround, isLinked }) => ({
      number,
      title,
      state,
      workaround,
      isLinked,
    }));
}
