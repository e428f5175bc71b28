import { and, asc, count, desc, eq, exists, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "#db/connect";
import { teamMembers, users } from "#db/schema/people";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { contains, isAmong, isCalled } from "#lib/filters";
import { isSelf } from "#lib/people/permissions";
import { loadTeamsOf } from "#lib/people/queries/load-teams-of";
import type { Membership } from "#lib/people/queries/load-teams-of";
import type { Role } from "#lib/people/roles";
import { isIdOrSlug } from "#lib/slugs";

export type UserDto = {
  id: string;
  name: string;
  email: string;
  role: Role;
  jobTitle: string | null;
  description: string | null;
  timeZone: string;
  isDeactivated: boolean;
  createdViaSso: boolean;
  lastSignInAt: string | null;
  createdAt: string;
  updatedAt: string;
  teams: Membership[];
};

export type UserFilter = {
  /** Part of the name or of the e-mail address. */
  query?: string;
  /** The whole e-mail address, in any case of letters. */
  email?: string;
  ids?: readonly string[];
  teamIds?: readonly string[];
  roles?: readonly Role[];
  /** Active people, unless told otherwise. */
  state?: "active" | "deactivated" | "all";
  descending?: boolean;
  limit?: number;
  offset?: number;
};

/** People by name. */
export async function listUsers(
  ctx: Context,
  filter: UserFilter = {},
): Promise<{ users: UserDto[]; total: number }> {
  requirePermission(ctx.actor, "read");
  const where = and(...conditions(ctx.db, filter));
  const byName = sql`lower(${users.name})`;
  const [rows, [counted]] = await Promise.all([
    ctx.db
      .select()
      .from(users)
      .where(where)
      .orderBy(filter.descending ? desc(byName) : asc(byName), asc(users.id))
      .limit(filter.limit ?? 2000)
      .offset(filter.offset ?? 0),
    ctx.db.select({ total: count() }).from(users).where(where),
  ]);
  return { users: await toDtos(ctx.db, rows), total: counted?.total ?? 0 };
}

/** One person, deactivated or not. Throws `not_found`. */
export async function getUser(ctx: Context, userId: string): Promise<UserDto> {
  requirePermission(ctx.actor, "read");
  const rows = isIdOrSlug(userId) ? await ctx.db.select().from(users).where(eq(users.id, userId)) : [];
  const [user] = await toDtos(ctx.db, rows);
  if (!user) throw new AppError("not_found", "There is no such person.", { wireCode: 2100 });
  return user;
}

/** One's own preferences. */
export async function getPreferences(ctx: Context): Promise<Record<string, string>> {
  const { id } = ctx.actor;
  if (id === null || !isSelf(ctx.actor, id)) return {};
  const [row] = await ctx.db.select({ preferences: users.preferences }).from(users).where(eq(users.id, id));
  return row?.preferences ?? {};
}

function conditions(db: Database, filter: UserFilter): (SQL | undefined)[] {
  const inTeams = isAmong(teamMembers.teamId, filter.teamIds);
  const { state = "active" } = filter;
  return [
    filter.query ? or(contains(users.name, filter.query), contains(users.email, filter.query)) : undefined,
    isCalled(users.email, filter.email),
    isAmong(users.id, filter.ids),
    isAmong(users.role, filter.roles),
    inTeams &&
      exists(
        db
          .select({ one: sql`1` })
          .from(teamMembers)
          .where(and(eq(teamMembers.userId, users.id), inTeams)),
      ),
    state === "active" ? isNull(users.deactivatedAt) : undefined,
    state === "deactivated" ? isNotNull(users.deactivatedAt) : undefined,
  ];
}

async function toDtos(db: Database, rows: readonly (typeof users.$inferSelect)[]): Promise<UserDto[]> {
  const teamsOf = await loadTeamsOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((user) => ({
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    jobTitle: user.jobTitle,
    description: user.description,
    timeZone: user.timeZone,
    isDeactivated: user.deactivatedAt !== null,
    createdViaSso: user.createdViaSso,
    lastSignInAt: user.lastSignInAt?.toISOString() ?? null,
    createdAt: user.createdAt.toISOString(),
    updatedAt: user.updatedAt.toISOString(),
    teams: teamsOf.get(user.id) ?? [],
  }));
}
