import { asc, isNull } from "drizzle-orm";
import { teams, users } from "#db/schema/people";
import { schedules } from "#db/schema/schedules";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";

/** What the editor of policies offers to choose from, by name. */
export async function readPolicyChoices(ctx: Context) {
  requirePermission(ctx.actor, "read");
  const [people, live, allTeams] = await Promise.all([
    ctx.db
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(isNull(users.deactivatedAt))
      .orderBy(asc(users.name)),
    ctx.db
      .select({ id: schedules.id, name: schedules.name })
      .from(schedules)
      .where(isNull(schedules.deletedAt))
      .orderBy(asc(schedules.name)),
    ctx.db.select({ id: teams.id, name: teams.name }).from(teams).orderBy(asc(teams.name)),
  ]);
  return { people, schedules: live, teams: allTeams };
}
