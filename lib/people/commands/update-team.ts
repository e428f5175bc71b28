import { eq } from "drizzle-orm";
import { teams } from "#db/schema/people";
import { changedFields } from "#lib/changed-fields";
import { audit, inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { refuseViolations } from "#lib/database-errors";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { lockTeam, requireMayArrange, TEAM_CONSTRAINTS } from "#lib/people/commands/lock-team";
import { teamUpdateSchema } from "#lib/people/schemas";
import type { TeamUpdate } from "#lib/people/schemas";

export async function updateTeam(ctx: Context, input: TeamUpdate): Promise<void> {
  const { teamId, ...given } = parseInput(teamUpdateSchema, input);
  await refuseViolations(TEAM_CONSTRAINTS, () =>
    inTransaction(ctx, async (scope) => {
      await requireMayArrange(scope.tx, ctx.actor, teamId);
      const team = await lockTeam(scope.tx, teamId);
      const { before, after, isChanged } = changedFields(team, given);
      if (!isChanged) return;
      await scope.tx
        .update(teams)
        .set({ ...after, updatedAt: scope.now })
        .where(eq(teams.id, teamId));
      await audit(scope, {
        action: "update",
        objectType: "team",
        objectId: teamId,
        objectName: given.name ?? team.name,
        before,
        after,
      });
      await publish(scope, { topic: "team.updated", entityType: "team", entityId: teamId });
    }),
  );
}
