import { teams } from "#db/schema/people";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { refuseViolations } from "#lib/database-errors";
import { newId } from "#lib/ids";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { TEAM_CONSTRAINTS } from "#lib/people/commands/lock-team";
import { teamInputSchema } from "#lib/people/schemas";
import type { TeamInput } from "#lib/people/schemas";
import { freeSlug } from "#lib/slugs";

export async function createTeam(ctx: Context, input: TeamInput): Promise<{ id: string; slug: string }> {
  requirePermission(ctx.actor, "configure");
  const team = parseInput(teamInputSchema, input);
  return refuseViolations(TEAM_CONSTRAINTS, () =>
    inTransaction(ctx, async (scope) => {
      const { tx, now } = scope;
      const id = newId(now.getTime());
      const slug = await freeSlug(tx, teams, team.name, id);
      await tx.insert(teams).values({ ...team, id, slug, createdAt: now, updatedAt: now });
      await audit(scope, {
        action: "create",
        objectType: "team",
        objectId: id,
        objectName: team.name,
        after: team,
      });
      await publish(scope, { topic: "team.created", entityType: "team", entityId: id });
      return { id, slug };
    }),
  );
}
