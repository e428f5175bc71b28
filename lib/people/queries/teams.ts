import { and, asc, count, desc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "#db/connect";
import { escalationPolicies } from "#db/schema/escalation";
import { teamMembers, teams, users } from "#db/schema/people";
import { schedules } from "#db/schema/schedules";
import { services } from "#db/schema/services";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { contains, isAmong, isCalled } from "#lib/filters";
import type { Role, TeamRole } from "#lib/people/roles";
import { isIdOrSlug } from "#lib/slugs";

export type TeamDto = {
  id: string;
  slug: string;
  name: string;
  description: string | null;
  createdAt: string;
  updatedAt: string;
  memberCount: number;
  serviceCount: number;
  policyCount: number;
  scheduleCount: number;
};

export type TeamMemberDto = {
  id: string;
  name: string;
  email: string;
  timeZone: string;
  organisationRole: Role;
  isDeactivated: boolean;
  role: TeamRole;
};

export type TeamFilter = {
  /** Part of the name. */
  query?: string;
  /** The whole name, in any case of letters. */
  name?: string;
  ids?: readonly string[];
  descending?: boolean;
  limit?: number;
  offset?: number;
};

/** Teams by name, with how much they own. */
export async function listTeams(
  ctx: Context,
  filter: TeamFilter = {},
): Promise<{ teams: TeamDto[]; total: number }> {
  requirePermission(ctx.actor, "read");
  const where = and(
    contains(teams.name, filter.query),
    isCalled(teams.name, filter.name),
    isAmong(teams.id, filter.ids),
  );
  const byName = sql`lower(${teams.name})`;
  const [rows, [counted]] = await Promise.all([
    selectTeams(ctx.db, where)
      .orderBy(filter.descending ? desc(byName) : asc(byName), asc(teams.id))
      .limit(filter.limit ?? 1000)
      .offset(filter.offset ?? 0),
    ctx.db.select({ total: count() }).from(teams).where(where),
  ]);
  return { teams: rows.map(toDto), total: counted?.total ?? 0 };
}

/** One team by its id or slug. Throws `not_found`. */
export async function getTeam(ctx: Context, idOrSlug: string): Promise<TeamDto> {
  requirePermission(ctx.actor, "read");
  const rows = isIdOrSlug(idOrSlug)
    ? await selectTeams(ctx.db, or(eq(teams.id, idOrSlug), eq(teams.slug, idOrSlug)))
    : [];
  const [row] = rows;
  if (!row) throw new AppError("not_found", "There is no such team.", { wireCode: 6001 });
  return toDto(row);
}

/** Who is in these teams, by name. */
export async function listTeamMembers(
  ctx: Context,
  teamIds: readonly string[],
): Promise<Map<string, TeamMemberDto[]>> {
  requirePermission(ctx.actor, "read");
  const members = new Map(teamIds.map((id): [string, TeamMemberDto[]] => [id, []]));
  if (teamIds.length === 0) return members;
  const rows = await ctx.db
    .select({ teamId: teamMembers.teamId, role: teamMembers.role, user: users })
    .from(teamMembers)
    .innerJoin(users, eq(users.id, teamMembers.userId))
    .where(inArray(teamMembers.teamId, [...teamIds]))
    .orderBy(asc(sql`lower(${users.name})`), asc(users.id));
  for (const { teamId, role, user } of rows) {
    members.get(teamId)?.push({
      id: user.id,
      name: user.name,
      email: user.email,
      timeZone: user.timeZone,
      organisationRole: user.role,
      isDeactivated: user.deactivatedAt !== null,
      role,
    });
  }
  return members;
}

function selectTeams(db: Database, where: SQL | undefined) {
  const owned = (table: typeof services | typeof escalationPolicies | typeof schedules) =>
    sql<number>`(${db
      .select({ owned: count() })
      .from(table)
      .where(and(eq(table.teamId, sql`${teams}.id`), isNull(table.deletedAt)))})::int`;
  const members = db
    .select({ people: count() })
    .from(teamMembers)
    .where(eq(teamMembers.teamId, sql`${teams}.id`));
  return db
    .select({
      team: teams,
      memberCount: sql<number>`(${members})::int`,
      serviceCount: owned(services),
      policyCount: owned(escalationPolicies),
      scheduleCount: owned(schedules),
    })
    .from(teams)
    .where(where)
    .$dynamic();
}

function toDto({ team, ...counts }: Awaited<ReturnType<typeof selectTeams>>[number]): TeamDto {
  const { id, slug, name, description, createdAt, updatedAt } = team;
  return {
    id,
    slug,
    name,
    description,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    ...counts,
  };
}
