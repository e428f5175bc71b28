import { asc, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { teamMembers, teams } from "#db/schema/people";
import type { TeamRole } from "#lib/people/roles";

export type Membership = { id: string; name: string; slug: string; role: TeamRole };

/** The teams of each of these people, by name. */
export async function loadTeamsOf(
  db: Database,
  userIds: readonly string[],
): Promise<Map<string, Membership[]>> {
  if (userIds.length === 0) return new Map();
  const rows = await db
    .select({
      userId: teamMembers.userId,
      team: { id: teams.id, name: teams.name, slug: teams.slug, role: teamMembers.role },
    })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .where(inArray(teamMembers.userId, [...userIds]))
    .orderBy(asc(sql`lower(${teams.name})`));
  const memberships = new Map<string, Membership[]>();
  for (const { userId, team } of rows) memberships.set(userId, [...(memberships.get(userId) ?? []), team]);
  return memberships;
}
