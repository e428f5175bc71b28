import { and, eq } from "drizzle-orm";
import { teamMembers } from "#db/schema/people";
import { audit, inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { lockTeam, requireMayArrange } from "#lib/people/commands/lock-team";
import { lockUser } from "#lib/people/commands/lock-user";
import type { Role, TeamRole } from "#lib/people/roles";
import { teamMemberSchema } from "#lib/people/schemas";
import type { TeamMemberInput } from "#lib/people/schemas";

const DEFAULT_ROLES: Record<Role, TeamRole> = {
  owner: "manager",
  admin: "manager",
  manager: "manager",
  responder: "responder",
  observer: "observer",
  stakeholder: "observer",
};

/** Adds a person to a team, or gives them another role in it. Doing it twice changes nothing. */
export async function setTeamMember(ctx: Context, input: TeamMemberInput): Promise<void> {
  const { teamId, userId, role: asked } = parseInput(teamMemberSchema, input);
  await inTransaction(ctx, async (scope) => {
    const { tx } = scope;
    await requireMayArrange(tx, ctx.actor, teamId);
    const team = await lockTeam(tx, teamId);
    const user = await lockUser(tx, userId);
    const [before] = await tx
      .select({ role: teamMembers.role })
      .from(teamMembers)
      .where(and(eq(teamMembers.teamId, teamId), eq(teamMembers.userId, userId)));
    const role = asked ?? before?.role ?? DEFAULT_ROLES[user.role];
    if (before?.role === role) return;
    await tx
      .insert(teamMembers)
      .values({ teamId, userId, role })
      .onConflictDoUpdate({ target: [teamMembers.teamId, teamMembers.userId], set: { role } });
    await audit(scope, {
      action: "set_member",
      objectType: "team",
      objectId: teamId,
      objectName: team.name,
      ...(before ? { before: { userId, role: before.role } } : {}),
      after: { userId, name: user.name, role },
    });
    await publish(scope, { topic: "team.updated", entityType: "team", entityId: teamId });
  });
}
