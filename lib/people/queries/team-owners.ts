import { and, asc, eq, inArray } from "drizzle-orm";
import { teamMembers, users } from "#db/schema/people";
import type { Transaction } from "#lib/context";
import { isPageable } from "#lib/people/queries/pageable";

type Owner = { id: string; timeZone: string };

/** Who looks after what belongs to a team: its managers, or without any (or without a team) the admins. Only people who can be told. */
export async function loadTeamOwners(
  tx: Transaction,
  teamIds: readonly (string | null)[],
): Promise<(teamId: string | null) => Owner[]> {
  const owner = { id: users.id, timeZone: users.timeZone };
  const ids = [...new Set(teamIds.flatMap((id) => id ?? []))];
  const [managers, admins] = await Promise.all([
    tx
      .select({ teamId: teamMembers.teamId, ...owner })
      .from(teamMembers)
      .innerJoin(users, eq(users.id, teamMembers.userId))
      .where(and(inArray(teamMembers.teamId, ids), eq(teamMembers.role, "manager"), isPageable()))
      .orderBy(asc(users.id)),
    tx
      .select(owner)
      .from(users)
      .where(and(inArray(users.role, ["owner", "admin"]), isPageable()))
      .orderBy(asc(users.id)),
  ]);
  const byTeam = Map.groupBy(managers, ({ teamId }) => teamId);
  return (teamId) => (teamId && byTeam.get(teamId)) || admins;
}
