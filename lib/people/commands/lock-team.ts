import { and, eq } from "drizzle-orm";
import { teamMembers, teams } from "#db/schema/people";
import { requirePermission } from "#lib/context";
import type { Actor, Transaction } from "#lib/context";
import { AppError } from "#lib/errors";
import { hasPermission } from "#lib/people/permissions";

/** Reads and locks a team. Throws `not_found`. */
export async function lockTeam(tx: Transaction, teamId: string): Promise<typeof teams.$inferSelect> {
  const [team] = await tx.select().from(teams).where(eq(teams.id, teamId)).for("update");
  if (!team) throw new AppError("not_found", "There is no such team.", { wireCode: 6001 });
  return team;
}

/** A team is arranged by its managers and by those who may configure everything. */
export async function requireMayArrange(tx: Transaction, actor: Actor, teamId: string): Promise<void> {
  if (hasPermission(actor.role, "configure")) return;
  if (actor.type === "user" && actor.id !== null) {
    const managed = await tx
      .select({ role: teamMembers.role })
      .from(teamMembers)
      .where(
        and(
          eq(teamMembers.teamId, teamId),
          eq(teamMembers.userId, actor.id),
          eq(teamMembers.role, "manager"),
        ),
      );
    if (managed.length > 0) return;
  }
  requirePermission(actor, "configure");
}

export const TEAM_CONSTRAINTS = { teams_name_key: { field: "name", message: "has already been taken" } };
