import { and, asc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "#db/connect";
import { contactMethods, notificationRules, teamMembers, users } from "#db/schema/people";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import type { Urgency } from "#lib/incidents/vocabulary";
import type { Channel } from "#lib/notifications/vocabulary";
import type { Role } from "#lib/people/roles";
import { contains } from "#lib/text-search";

export type WireContactMethodDto = {
  id: string;
  userId: string;
  channel: Channel;
  label: string;
  address: string;
  countryCode: number | null;
  enabled: boolean;
  createdAt: Date;
};

export type WireNotificationRuleDto = {
  id: string;
  userId: string;
  contactMethodId: string;
  channel: Channel;
  urgency: Urgency;
  delayMinutes: number;
};

export type WireUserDto = {
  id: string;
  name: string;
  email: string;
  role: Role;
  jobTitle: string | null;
  description: string | null;
  timeZone: string;
  createdViaSso: boolean;
  teams: { id: string; name: string; slug: string }[];
  contactMethods: WireContactMethodDto[];
  notificationRules: WireNotificationRuleDto[];
};

export type WireUserFilter = {
  /** Part of the name or the e-mail address. */
  query?: string;
  teamIds?: readonly string[];
  limit: number;
  offset: number;
  withTotal: boolean;
};

/** A page of active people by name, with everything the public API says about them. */
export async function listWireUsers(
  ctx: Context,
  filter: WireUserFilter,
): Promise<{ rows: WireUserDto[]; more: boolean; total: number | null }> {
  requirePermission(ctx.actor, "read");
  const where = and(isNull(users.deactivatedAt), ...conditions(ctx.db, filter));
  const [rows, total] = await Promise.all([
    selectUsers(ctx.db)
      .where(where)
      .orderBy(asc(sql`lower(${users.name})`), asc(users.id))
      .limit(filter.limit + 1)
      .offset(filter.offset),
    filter.withTotal ? ctx.db.$count(users, where) : null,
  ]);
  const page = await withMethods(ctx.db, rows.slice(0, filter.limit));
  return { rows: page, more: rows.length > filter.limit, total };
}

/** People by id, deactivated ones included; unknown ids are left out. */
export async function loadWireUsers(ctx: Context, ids: Iterable<string>): Promise<WireUserDto[]> {
  requirePermission(ctx.actor, "read");
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return [];
  return withMethods(ctx.db, await selectUsers(ctx.db).where(inArray(users.id, wanted)));
}

/** One active person. Throws `not_found`. */
export async function getWireUser(ctx: Context, userId: string): Promise<WireUserDto> {
  requirePermission(ctx.actor, "read");
  const rows = await selectUsers(ctx.db).where(and(eq(users.id, userId), isNull(users.deactivatedAt)));
  const [user] = await withMethods(ctx.db, rows);
  if (!user) throw new AppError("not_found", "There is no such person.", { wireCode: 2013 });
  return user;
}

function conditions(db: Database, filter: WireUserFilter): (SQL | undefined)[] {
  const members = db
    .select({ id: teamMembers.userId })
    .from(teamMembers)
    .where(inArray(teamMembers.teamId, [...(filter.teamIds ?? [])]));
  return [
    filter.query ? or(contains(users.name, filter.query), contains(users.email, filter.query)) : undefined,
    filter.teamIds?.length ? inArray(users.id, members) : undefined,
  ];
}

function selectUsers(db: Database) {
  return db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      jobTitle: users.jobTitle,
      description: users.description,
      timeZone: users.timeZone,
      createdViaSso: users.createdViaSso,
      // With one table in the from clause columns lose their table's name, so the outer id is named in full.
      teams: sql<WireUserDto["teams"]>`(
        select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'slug', t.slug) order by lower(t.name)), '[]')
        from team_members m join teams t on t.id = m.team_id where m.user_id = users.id)`,
    })
    .from(users);
}

type Row = Awaited<ReturnType<typeof selectUsers>>[number];

async function withMethods(db: Database, rows: Row[]): Promise<WireUserDto[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [methods, rules] = await Promise.all([
    db
      .select({
        id: contactMethods.id,
        userId: contactMethods.userId,
        channel: contactMethods.channel,
        label: contactMethods.label,
        address: contactMethods.address,
        countryCode: contactMethods.countryCode,
        enabled: contactMethods.enabled,
        createdAt: contactMethods.createdAt,
      })
      .from(contactMethods)
      .where(inArray(contactMethods.userId, ids))
      .orderBy(asc(contactMethods.createdAt), asc(contactMethods.id)),
    db
      .select({
        id: notificationRules.id,
        userId: notificationRules.userId,
        contactMethodId: notificationRules.contactMethodId,
        channel: contactMethods.channel,
        urgency: notificationRules.urgency,
        delayMinutes: notificationRules.delayMinutes,
      })
      .from(notificationRules)
      .innerJoin(contactMethods, eq(contactMethods.id, notificationRules.contactMethodId))
      .where(inArray(notificationRules.userId, ids))
      .orderBy(
        asc(notificationRules.urgency),
        asc(notificationRules.delayMinutes),
        asc(notificationRules.id),
      ),
  ]);
  const methodsOf = Map.groupBy(methods, ({ userId }) => userId);
  const rulesOf = Map.groupBy(rules, ({ userId }) => userId);
  return rows.map((row) => ({
    ...row,
    contactMethods: methodsOf.get(row.id) ?? [],
    notificationRules: rulesOf.get(row.id) ?? [],
  }));
}
