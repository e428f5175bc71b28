import { and, eq, isNull } from "drizzle-orm";
import { escalationLevels, escalationPolicies, escalationTargets } from "#db/schema/escalation";
import { teamMembers } from "#db/schema/people";
import { audit, inTransaction } from "#lib/context";
import type { Context, Transaction } from "#lib/context";
import { AppError } from "#lib/errors";
import { publish } from "#lib/outbox";
import { lockTeam, requireMayArrange } from "#lib/people/commands/lock-team";

/** Takes a person out of a team, unless one of its policies names them. Nothing happens to those who aren't in it. */
export async function removeTeamMember(
  ctx: Context,
  input: { teamId: string; userId: string },
): Promise<void> {
  const { teamId, userId } = input;
  await inTransaction(ctx, async (scope) => {
    const { tx } = scope;
    await requireMayArrange(tx, ctx.actor, teamId);
    const team = await lockTeam(tx, teamId);
    await refuseNamed(tx, teamId, userId);
    const removed = await tx
      .delete(teamMembers)
      .where(and(eq(teamMembers.teamId, teamId), eq(teamMembers.userId, userId)))
      .returning();
    const [member] = removed;
    if (!member) return;
    await audit(scope, {
      action: "remove_member",
      objectType: "team",
      objectId: teamId,
      objectName: team.name,
      before: { userId, role: member.role },
    });
    await publish(scope, { topic: "team.updated", entityType: "team", entityId: teamId });
  });
}

async function refuseNamed(tx: Transaction, teamId: string, userId: string): Promise<void> {
  const named = await tx
    .select({ id: escalationPolicies.id })
    .from(escalationTargets)
    .innerJoin(escalationLevels, eq(escalationLevels.id, escalationTargets.levelId))
    .innerJoin(escalationPolicies, eq(escalationPolicies.id, escalationLevels.policyId))
    .where(
      and(
        eq(escalationTargets.userId, userId),
        eq(escalationPolicies.teamId, teamId),
        isNull(escalationPolicies.deletedAt),
      ),
    )
    .limit(1);
  if (named.length === 0) return;
  // Clients of the public API wait for exactly this sentence.
  throw new AppError(
    "invalid",
    "User cannot be removed as they belong to an escalation policy on this team",
    {
      wireCode: 6006,
    },
  );
}
