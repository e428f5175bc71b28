import { asc, isNull } from "drizzle-orm";
import { escalationPolicies } from "#db/schema/escalation";
import { priorities } from "#db/schema/incidents";
import { teams, users } from "#db/schema/people";
import { schedules } from "#db/schema/schedules";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";

/** What the editor of policies offers to choose from, by name; `exceptId` is the policy that is edited. */
export async function readPolicyChoices(ctx: Context, exceptId: string | null = null) {
  requirePermission(ctx.actor, "read");
  const [people, live, allTeams, policies, ranked] = await Promise.all([
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
    ctx.db
      .select({ id: escalationPolicies.id, name: escalationPolicies.name })
      .from(escalationPolicies)
      .where(isNull(escalationPolicies.deletedAt))
      .orderBy(asc(escalationPolicies.name)),
    ctx.db
      .select({ id: priorities.id, name: priorities.name })
      .from(priorities)
      .orderBy(asc(priorities.rank)),
  ]);
  const others = policies.filter(({ id }) => id !== exceptId);
  return { people, schedules: live, teams: allTeams, policies: others, priorities: ranked };
}
