import { eq } from "drizzle-orm";
import { escalationPolicies } from "#db/schema/escalation";
import { teams } from "#db/schema/people";
import { schedules } from "#db/schema/schedules";
import { services } from "#db/schema/services";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { lockTeam } from "#lib/people/commands/lock-team";
import { teamDeletionSchema } from "#lib/people/schemas";
import type { TeamDeletion } from "#lib/people/schemas";

/** Deletes a team; what it owned goes to another team, or stays without an owner. */
export async function deleteTeam(ctx: Context, input: TeamDeletion): Promise<void> {
  requirePermission(ctx.actor, "configure");
  const { teamId, reassignToTeamId } = parseInput(teamDeletionSchema, input);
  if (teamId === reassignToTeamId) throw wrongTeam("is the team to be deleted");
  await inTransaction(ctx, async (scope) => {
    const { tx } = scope;
    const team = await lockTeam(tx, teamId);
    if (reassignToTeamId !== undefined) {
      const heir = await tx
        .select({ id: teams.id })
        .from(teams)
        .where(eq(teams.id, reassignToTeamId))
        .for("share");
      if (heir.length === 0) throw wrongTeam("does not exist");
      const owner = { teamId: reassignToTeamId };
      await tx.update(services).set(owner).where(eq(services.teamId, teamId));
      await tx.update(escalationPolicies).set(owner).where(eq(escalationPolicies.teamId, teamId));
      await tx.update(schedules).set(owner).where(eq(schedules.teamId, teamId));
    }
    await tx.delete(teams).where(eq(teams.id, teamId));
    await audit(scope, {
      action: "delete",
      objectType: "team",
      objectId: teamId,
      objectName: team.name,
      after: { reassignToTeamId: reassignToTeamId ?? null },
    });
    await publish(scope, { topic: "team.deleted", entityType: "team", entityId: teamId });
  });
}

function wrongTeam(message: string): AppError {
  return new AppError("invalid", `The reassignment team ${message}.`, {
    fields: [{ field: "reassignToTeamId", message }],
    wireCode: 6002,
  });
}
