import { and, asc, count, desc, eq, exists, inArray, isNull, or, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "#db/connect";
import { escalationLevels, escalationPolicies, escalationTargets } from "#db/schema/escalation";
import { teams, users } from "#db/schema/people";
import { services } from "#db/schema/services";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { nameNobodyAnswered } from "#lib/escalation/queries/nobody-answered";
import { loadLevelsNow, peopleOfLevel } from "#lib/escalation/queries/levels-now";
import type { LevelNowDto } from "#lib/escalation/queries/levels-now";
import type { HandoffNotifications, NobodyAnswered } from "#lib/escalation/policy";
import { warnAboutPolicy } from "#lib/escalation/warnings";
import type { PolicyWarning } from "#lib/escalation/warnings";
import { contains, isAmong, isCalled } from "#lib/filters";
import { loadReadiness } from "#lib/people/queries/readiness";
import type { Readiness } from "#lib/people/readiness";
import { isIdOrSlug } from "#lib/slugs";

export type PolicyDto = {
  id: string;
  slug: string;
  name: string;
  description: string | null;
  numLoops: number;
  onCallHandoffNotifications: HandoffNotifications;
  team: { id: string; name: string; slug: string } | null;
  fallback: { id: string; name: string } | null;
  nobodyAnswered: NobodyAnswered;
  version: number;
  updatedAt: string;
  levels: LevelNowDto[];
  /** Live services that use it, by name. */
  services: { id: string; slug: string; name: string }[];
  warnings: PolicyWarning[];
};

export type PolicyFilter = {
  /** Part of the name. */
  query?: string;
  /** The whole name, in any case of letters. */
  name?: string;
  ids?: readonly string[];
  teamIds?: readonly string[];
  /** Policies that name one of these people directly. */
  userIds?: readonly string[];
  scheduleIds?: readonly string[];
  descending?: boolean;
  limit?: number;
  offset?: number;
};

/** Live policies by name, with who each level would tell now. */
export async function listPolicies(
  ctx: Context,
  filter: PolicyFilter = {},
): Promise<{ policies: PolicyDto[]; total: number }> {
  requirePermission(ctx.actor, "read");
  const where = and(isNull(escalationPolicies.deletedAt), ...conditions(ctx.db, filter));
  const byName = sql`lower(${escalationPolicies.name})`;
  const [rows, [counted]] = await Promise.all([
    selectPolicies(ctx.db, where)
      .orderBy(filter.descending ? desc(byName) : asc(byName), asc(escalationPolicies.id))
      .limit(filter.limit ?? 500)
      .offset(filter.offset ?? 0),
    ctx.db.select({ total: count() }).from(escalationPolicies).where(where),
  ]);
  return { policies: await toDtos(ctx.db, rows), total: counted?.total ?? 0 };
}

/** One live policy by its id or slug. Throws `not_found`. */
export async function getPolicy(ctx: Context, idOrSlug: string): Promise<PolicyDto> {
  requirePermission(ctx.actor, "read");
  if (!isIdOrSlug(idOrSlug)) throw policyNotFound();
  const named = or(eq(escalationPolicies.id, idOrSlug), eq(escalationPolicies.slug, idOrSlug));
  const rows = await selectPolicies(ctx.db, and(isNull(escalationPolicies.deletedAt), named));
  const [policy] = await toDtos(ctx.db, rows);
  if (!policy) throw policyNotFound();
  return policy;
}

function policyNotFound(): AppError {
  return new AppError("not_found", "There is no such escalation policy.", { wireCode: 1014 });
}

function conditions(db: Database, filter: PolicyFilter): (SQL | undefined)[] {
  const pointsAt = (condition: SQL | undefined) =>
    condition &&
    exists(
      db
        .select({ one: sql`1` })
        .from(escalationTargets)
        .innerJoin(escalationLevels, eq(escalationLevels.id, escalationTargets.levelId))
        .where(and(eq(escalationLevels.policyId, escalationPolicies.id), condition)),
    );
  return [
    contains(escalationPolicies.name, filter.query),
    isCalled(escalationPolicies.name, filter.name),
    isAmong(escalationPolicies.id, filter.ids),
    isAmong(escalationPolicies.teamId, filter.teamIds),
    pointsAt(isAmong(escalationTargets.userId, filter.userIds)),
    pointsAt(isAmong(escalationTargets.scheduleId, filter.scheduleIds)),
  ];
}

function selectPolicies(db: Database, where: SQL | undefined) {
  return db
    .select({
      policy: escalationPolicies,
      team: { id: teams.id, name: teams.name, slug: teams.slug },
      fallback: { id: users.id, name: users.name },
    })
    .from(escalationPolicies)
    .leftJoin(teams, eq(teams.id, escalationPolicies.teamId))
    .leftJoin(users, eq(users.id, escalationPolicies.fallbackUserId))
    .where(where);
}

type PolicyRow = Awaited<ReturnType<typeof selectPolicies>>[number];

async function toDtos(db: Database, rows: PolicyRow[]): Promise<PolicyDto[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ policy }) => policy.id);
  const [levels, usedBy, nameEnd] = await Promise.all([
    readNow(db).then((now) => loadLevelsNow(db, ids, now)),
    loadServices(db, ids),
    nameNobodyAnswered(
      db,
      rows.map(({ policy }) => policy.nobodyAnswered),
    ),
  ]);
  const people = [...levels.values()].flat().flatMap(peopleOfLevel);
  const readiness = await loadReadiness(
    db,
    people.map(({ id }) => id),
  );
  return rows.map(({ policy, team, fallback }) => {
    const ofPolicy = levels.get(policy.id) ?? [];
    return {
      id: policy.id,
      slug: policy.slug,
      name: policy.name,
      description: policy.description,
      numLoops: policy.numLoops,
      onCallHandoffNotifications: policy.onCallHandoffNotifications,
      team,
      fallback,
      nobodyAnswered: nameEnd(policy.nobodyAnswered),
      version: policy.version,
      updatedAt: policy.updatedAt.toISOString(),
      levels: ofPolicy,
      services: (usedBy.get(policy.id) ?? []).map(({ id, slug, name }) => ({ id, slug, name })),
      warnings: warnAboutPolicy(ofPolicy.map((level) => judgeLevel(level, readiness))),
    };
  });
}

function judgeLevel(level: LevelNowDto, readiness: ReadonlyMap<string, Readiness>) {
  return {
    delayMinutes: level.delayMinutes,
    notifyOnly: level.notifyOnly,
    people: peopleOfLevel(level).map(({ id, name }) => {
      const { state, firstStepMinutes } = readiness.get(id) ?? { state: "unreachable", firstStepMinutes: 0 };
      return { userId: id, name, isReachable: state !== "unreachable", firstStepMinutes };
    }),
    deactivated: level.targets
      .filter((target) => target.type === "user" && target.isGone)
      .map(({ name }) => name),
  };
}

async function loadServices(db: Database, policyIds: string[]) {
  const rows = await db
    .select({
      policyId: services.escalationPolicyId,
      id: services.id,
      slug: services.slug,
      name: services.name,
    })
    .from(services)
    .where(and(inArray(services.escalationPolicyId, policyIds), isNull(services.deletedAt)))
    .orderBy(asc(sql`lower(${services.name})`));
  return Map.groupBy(rows, ({ policyId }) => policyId);
}
