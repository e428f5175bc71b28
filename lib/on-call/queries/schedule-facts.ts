import { and, asc, eq, gt, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { users } from "#db/schema/people";
import { scheduleLayers, scheduleOverrides, schedules, scheduleVersions } from "#db/schema/schedules";
import type { Transaction } from "#lib/context";
import type {
  LayerDefinition,
  OnCallEntry,
  Override,
  ScheduleFacts,
  ScheduleVersion,
  ScheduleWindow,
} from "#lib/on-call/schedule";
import { whoIsOnCall } from "#lib/on-call/resolve";
import { DAY } from "#lib/time/calendar";

type Member = [turn: number, userId: string, isActive: boolean];

type Draft = ScheduleFacts & {
  versions: ScheduleVersion[];
  overrides: Override[];
  activeUserIds: Set<string>;
};

/**
 * Everything the resolver needs about these schedules in [start, end): two statements, however many schedules. Deleted ones
 * too, since the policy snapshots of open incidents still name them. The map lacks unknown ids.
 */
export async function loadScheduleFacts(
  db: Database | Transaction,
  scheduleIds: readonly string[],
  window: ScheduleWindow,
): Promise<Map<string, ScheduleFacts>> {
  if (scheduleIds.length === 0) return new Map();
  const ids = [...new Set(scheduleIds)];
  const [layers, overrides] = await Promise.all([
    selectLayers(db, ids, window),
    selectOverrides(db, ids, window),
  ]);
  const facts = new Map<string, Draft>();
  const versions = new Map<string, ScheduleVersion>();
  for (const row of layers) {
    const schedule = entryOf(facts, row.scheduleId, () => ({
      timeZone: row.timeZone,
      versions: [],
      overrides: [],
      activeUserIds: new Set<string>(),
    }));
    if (!row.version) continue;
    const { id, timeZone, effectiveFrom, effectiveTo } = row.version;
    const version = entryOf(versions, id, () => {
      const created = { definition: { timeZone, layers: [] }, effectiveFrom, effectiveTo };
      schedule.versions.push(created);
      return created;
    });
    if (row.layer) version.definition.layers.push(toLayer(row.layer, row.members, schedule.activeUserIds));
  }
  for (const { scheduleId, deactivatedAt, ...override } of overrides) {
    const schedule = facts.get(scheduleId);
    schedule?.overrides.push(override);
    if (!deactivatedAt) schedule?.activeUserIds.add(override.userId);
  }
  return facts;
}

/** Who is on call at one instant in each of these schedules, deactivated people left out. Unknown ids are not in the map. */
export async function onCallNow(
  db: Database | Transaction,
  scheduleIds: readonly string[],
  at: Date,
): Promise<Map<string, OnCallEntry[]>> {
  const facts = await loadScheduleFacts(db, scheduleIds, { start: at, end: new Date(at.getTime() + 1) });
  return new Map([...facts].map(([scheduleId, schedule]) => [scheduleId, whoIsOnCall(schedule, at)]));
}

/**
 * The window to load facts for when whole shifts are asked for: versions and overrides on either side may move where a shift that
 * meets the window begins and ends.
 */
export function withSurroundings({ start, end }: ScheduleWindow): ScheduleWindow {
  return { start: new Date(start.getTime() - 35 * DAY), end: new Date(end.getTime() + 90 * DAY) };
}

function entryOf<T>(map: Map<string, T>, key: string, make: () => T): T {
  const existing = map.get(key);
  if (existing) return existing;
  const made = make();
  map.set(key, made);
  return made;
}

function toLayer(
  row: typeof scheduleLayers.$inferSelect,
  members: readonly Member[],
  activeUserIds: Set<string>,
): LayerDefinition {
  const turns: string[][] = [];
  for (const [turn, userId, isActive] of members) {
    // A turn without a row is one that nobody has.
    while (turns.length <= turn) turns.push([]);
    turns[turn]?.push(userId);
    if (isActive) activeUserIds.add(userId);
  }
  return {
    id: row.layerId,
    name: row.name,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    rotation: row.rotation,
    turns,
    restrictions: row.restrictions,
    together: row.together,
  };
}

function selectLayers(db: Database | Transaction, ids: string[], window: ScheduleWindow) {
  const inForce = and(
    eq(scheduleVersions.scheduleId, schedules.id),
    lt(scheduleVersions.effectiveFrom, window.end),
    or(isNull(scheduleVersions.effectiveTo), gt(scheduleVersions.effectiveTo, window.start)),
  );
  return db
    .select({
      scheduleId: schedules.id,
      timeZone: schedules.timeZone,
      version: scheduleVersions,
      layer: scheduleLayers,
      members: sql<Member[]>`(
        select coalesce(json_agg(json_build_array(m.turn, m.user_id, u.deactivated_at is null) order by m.turn, m.position), '[]')
        from schedule_layer_members m join users u on u.id = m.user_id
        where m.layer_row_id = ${scheduleLayers.id}
      )`,
    })
    .from(schedules)
    .leftJoin(scheduleVersions, inForce)
    .leftJoin(scheduleLayers, eq(scheduleLayers.versionId, scheduleVersions.id))
    .where(inArray(schedules.id, ids))
    .orderBy(asc(schedules.id), asc(scheduleVersions.version), asc(scheduleLayers.position));
}

function selectOverrides(db: Database | Transaction, ids: string[], window: ScheduleWindow) {
  return db
    .select({
      scheduleId: scheduleOverrides.scheduleId,
      id: scheduleOverrides.id,
      userId: scheduleOverrides.userId,
      replacesUserId: scheduleOverrides.replacesUserId,
      startsAt: scheduleOverrides.startsAt,
      endsAt: scheduleOverrides.endsAt,
      createdAt: scheduleOverrides.createdAt,
      deactivatedAt: users.deactivatedAt,
    })
    .from(scheduleOverrides)
    .innerJoin(users, eq(users.id, scheduleOverrides.userId))
    .where(
      and(
        inArray(scheduleOverrides.scheduleId, ids),
        isNull(scheduleOverrides.removedAt),
        lt(scheduleOverrides.startsAt, window.end),
        gt(scheduleOverrides.endsAt, window.start),
      ),
    )
    .orderBy(asc(scheduleOverrides.createdAt), asc(scheduleOverrides.id));
}
