import { and, asc, count, desc, eq, exists, inArray, isNull, or, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "#db/connect";
import { escalationLevels, escalationPolicies, escalationTargets } from "#db/schema/escalation";
import { teams } from "#db/schema/people";
import { schedules } from "#db/schema/schedules";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { contains, isAmong, isCalled } from "#lib/filters";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import type { LayerRestriction, LayerRotation, ScheduleDefinition } from "#lib/on-call/schedule";
import { loadPersonRefs } from "#lib/people/queries/person-refs";
import type { PersonRef } from "#lib/people/queries/person-refs";
import { isIdOrSlug } from "#lib/slugs";

export type LayerDto = {
  id: string;
  name: string;
  startsAt: string;
  endsAt: string | null;
  rotation: LayerRotation;
  /** Groups of people ids in turn order. */
  turns: string[][];
  restrictions: LayerRestriction[];
  /** Hours on each member's own clocks; empty: always. */
  ownHours: LayerRestriction[];
  together: boolean;
  /** Set: whom this imported calendar names is on call, and there are no turns. */
  calendarId: string | null;
};

export type ScheduleDto = {
  id: string;
  slug: string;
  name: string;
  description: string | null;
  timeZone: string;
  version: number;
  team: { id: string; name: string; slug: string } | null;
  /** Live policies that use it, by name. */
  policies: { id: string; name: string; slug: string }[];
  /** What is in force, from the lowest layer to the highest. */
  layers: LayerDto[];
  /** Times that are declared to need nobody. */
  offDuty: LayerRestriction[];
  /** Everybody whom the layers name, in the order of the layers. */
  people: PersonRef[];
  createdAt: string;
  updatedAt: string;
};

export type ScheduleFilter = {
  /** Part of the name. */
  query?: string;
  /** The whole name, in any case of letters. */
  name?: string;
  ids?: readonly string[];
  teamIds?: readonly string[];
  /** Only schedules that a live policy uses. */
  isUsed?: boolean;
  descending?: boolean;
  limit?: number;
  offset?: number;
};

/** Live schedules by name, with the definition in force. */
export async function listSchedules(
  ctx: Context,
  filter: ScheduleFilter = {},
): Promise<{ schedules: ScheduleDto[]; total: number }> {
  requirePermission(ctx.actor, "read");
  const where = and(
    isNull(schedules.deletedAt),
    contains(schedules.name, filter.query),
    isCalled(schedules.name, filter.name),
    isAmong(schedules.id, filter.ids),
    isAmong(schedules.teamId, filter.teamIds),
    filter.isUsed ? isUsed(ctx.db) : undefined,
  );
  const byName = sql`lower(${schedules.name})`;
  const [rows, [counted]] = await Promise.all([
    selectSchedules(ctx.db, where)
      .orderBy(filter.descending ? desc(byName) : asc(byName), asc(schedules.id))
      .limit(filter.limit ?? 1000)
      .offset(filter.offset ?? 0),
    ctx.db.select({ total: count() }).from(schedules).where(where),
  ]);
  return { schedules: await toDtos(ctx.db, rows), total: counted?.total ?? 0 };
}

/** One live schedule by its id or slug. Throws `not_found`. */
export async function getSchedule(ctx: Context, idOrSlug: string): Promise<ScheduleDto> {
  requirePermission(ctx.actor, "read");
  const named = or(eq(schedules.id, idOrSlug), eq(schedules.slug, idOrSlug));
  const rows = isIdOrSlug(idOrSlug)
    ? await selectSchedules(ctx.db, and(isNull(schedules.deletedAt), named))
    : [];
  const [schedule] = await toDtos(ctx.db, rows);
  if (!schedule) throw new AppError("not_found", "There is no such schedule.", { wireCode: 3004 });
  return schedule;
}

function isUsed(db: Database): SQL {
  return exists(
    db
      .select({ one: sql`1` })
      .from(escalationTargets)
      .innerJoin(escalationLevels, eq(escalationLevels.id, escalationTargets.levelId))
      .innerJoin(escalationPolicies, eq(escalationPolicies.id, escalationLevels.policyId))
      .where(and(eq(escalationTargets.scheduleId, schedules.id), isNull(escalationPolicies.deletedAt))),
  );
}

function selectSchedules(db: Database, where: SQL | undefined) {
  return db
    .select({ schedule: schedules, team: { id: teams.id, name: teams.name, slug: teams.slug } })
    .from(schedules)
    .leftJoin(teams, eq(teams.id, schedules.teamId))
    .where(where)
    .$dynamic();
}

async function toDtos(
  db: Database,
  rows: readonly Awaited<ReturnType<typeof selectSchedules>>[number][],
): Promise<ScheduleDto[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ schedule }) => schedule.id);
  const [policies, facts] = await Promise.all([
    loadUsingPolicies(db, ids),
    readNow(db).then((now) => loadScheduleFacts(db, ids, { start: now, end: new Date(now.getTime() + 1) })),
  ]);
  const definitions = new Map(
    [...facts].map(([id, { versions }]) => [
      id,
      versions.findLast((it) => it.effectiveTo === null)?.definition,
    ]),
  );
  const people = await loadPersonRefs(
    db,
    [...definitions.values()].flatMap((definition) => (definition ? peopleIdsOf(definition) : [])),
  );
  return rows.map(({ schedule, team }) => {
    const definition: ScheduleDefinition = definitions.get(schedule.id) ?? {
      timeZone: schedule.timeZone,
      layers: [],
    };
    return {
      id: schedule.id,
      slug: schedule.slug,
      name: schedule.name,
      description: schedule.description,
      timeZone: schedule.timeZone,
      version: schedule.version,
      team,
      policies: (policies.get(schedule.id) ?? []).map(({ policy }) => policy),
      layers: definition.layers.map(({ startsAt, endsAt, segments: _spans, calendarId, ...layer }) => ({
        ...layer,
        ownHours: layer.ownHours ?? [],
        // Whom a calendar names changes with it; as turns they would be taken for what somebody wrote.
        turns: calendarId === undefined ? layer.turns : [],
        calendarId: calendarId ?? null,
        startsAt: startsAt.toISOString(),
        endsAt: endsAt?.toISOString() ?? null,
      })),
      offDuty: definition.offDuty ?? [],
      people: peopleIdsOf(definition).flatMap((id) => people.get(id) ?? []),
      createdAt: schedule.createdAt.toISOString(),
      updatedAt: schedule.updatedAt.toISOString(),
    };
  });
}

function peopleIdsOf(definition: ScheduleDefinition): string[] {
  return [...new Set(definition.layers.flatMap((layer) => layer.turns.flat()))];
}

/** The live policies that use each of these schedules, by name. */
export async function loadUsingPolicies(
  db: Pick<Database, "selectDistinct">,
  scheduleIds: readonly string[],
) {
  const rows = await db
    .selectDistinct({
      scheduleId: sql<string>`${escalationTargets.scheduleId}`,
      policy: { id: escalationPolicies.id, name: escalationPolicies.name, slug: escalationPolicies.slug },
    })
    .from(escalationTargets)
    .innerJoin(escalationLevels, eq(escalationLevels.id, escalationTargets.levelId))
    .innerJoin(escalationPolicies, eq(escalationPolicies.id, escalationLevels.policyId))
    .where(and(inArray(escalationTargets.scheduleId, [...scheduleIds]), isNull(escalationPolicies.deletedAt)))
    .orderBy(asc(escalationPolicies.name));
  return Map.groupBy(rows, ({ scheduleId }) => scheduleId);
}
