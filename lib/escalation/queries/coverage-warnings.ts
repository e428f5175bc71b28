import { and, asc, eq, gt, inArray, isNull, or } from "drizzle-orm";
import { coverageWarnings, escalationPolicies } from "#db/schema/escalation";
import { teamMembers } from "#db/schema/people";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { hasPermission } from "#lib/people/permissions";

export type CoverageWarningDto = {
  id: string;
  policy: { name: string; slug: string };
  isUnreachable: boolean;
  start: string;
  end: string;
};

const SHOWN = 5;

/** Coming times at which policies of this person's teams, and those without a team, would reach nobody; to those who could fill them. */
export async function listCoverageWarnings(ctx: Context): Promise<CoverageWarningDto[]> {
  requirePermission(ctx.actor, "read");
  if (!hasPermission(ctx.actor.role, "incident.respond")) return [];
  const now = await readNow(ctx.db);
  const ownTeams = ctx.db
    .select({ id: teamMembers.teamId })
    .from(teamMembers)
    .where(eq(teamMembers.userId, ctx.actor.id ?? ""));
  const isOwn = or(isNull(escalationPolicies.teamId), inArray(escalationPolicies.teamId, ownTeams));
  const rows = await ctx.db
    .select({
      warning: coverageWarnings,
      policy: { name: escalationPolicies.name, slug: escalationPolicies.slug },
    })
    .from(coverageWarnings)
    .innerJoin(escalationPolicies, eq(escalationPolicies.id, coverageWarnings.policyId))
    .where(
      and(
        isNull(coverageWarnings.closedAt),
        isNull(escalationPolicies.deletedAt),
        gt(coverageWarnings.endsAt, now),
        hasPermission(ctx.actor.role, "organisation.manage") ? undefined : isOwn,
      ),
    )
    .orderBy(asc(coverageWarnings.startsAt))
    .limit(SHOWN);
  return rows.map(({ warning, policy }) => ({
    id: warning.id,
    policy,
    isUnreachable: warning.isUnreachable,
    start: warning.startsAt.toISOString(),
    end: warning.endsAt.toISOString(),
  }));
}
