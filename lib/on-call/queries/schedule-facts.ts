import { and, asc, eq, gt, inArray, isNull, lt, not, or, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { users } from "#db/schema/people";
import { scheduleOverrides, schedules, scheduleVersions } from "#db/schema/schedules";
import type { Transaction } from "#lib/context";
import type {
  LayerDefinition,
  LayerRestriction,
  OnCallEntry,
  ScheduleFacts,
  ScheduleVersion,
  ScheduleWindow,
} from "#lib/on-call/schedule";
import { calendarSegments, strangerName } from "#lib/on-call/calendar-segments";
import { loadCalendarSpans } from "#lib/on-call/queries/calendar-spans";
import { whoIsOnCall } from "#lib/on-call/resolve";
import { isPageable } from "#lib/people/queries/pageable";
import { DAY } from "#lib/time/calendar";

/** A layer as the statement below prints it: instants are epoch milliseconds. */
type PrintedLayer = Omit<LayerDefinition, "startsAt" | "endsAt" | "turns" | "ownHours" | "calendarId"> & {
  calendarId: string | null;
  ownHours: LayerRestriction[];
  /** Where the members live, if the layer goes by that. */
  zones: Record<string, string> | null;
  startsAt: number;
  endsAt: number | null;
  turnCount: number;
  members: [turn: number, userId: string][];
};

/**
 * Everything the resolver needs about these schedules in [start, end): three statements, however many schedules, and one more where
 * layers follow calendars. Deleted ones too, since the policy snapshots of open incidents still name them. The map lacks unknown ids.
 */
export async function loadScheduleFacts(
  db: Database | Transaction,
  scheduleIds: readonly string[],
  window: ScheduleWindow,
): Promise<Map<string, ScheduleFacts>> {
  if (scheduleIds.length === 0) return new Map();
  const ids = [...new Set(scheduleIds)];
  const [rows, overrides, inactive] = await Promise.all([
    selectVersions(db, ids, window),
    selectOverrides(db, ids, window),
    db.select({ id: users.id }).from(users).where(not(isPageable())),
  ]);
  const inactiveUserIds = new Set(inactive.map(({ id }) => id));
  const isActive = (id: string) => strangerName(id) === null && !inactiveUserIds.has(id);
  const calendarIds = rows.flatMap(({ layers }) => layers.flatMap(({ calendarId }) => calendarId ?? []));
  const spans = await loadCalendarSpans(db, [...new Set(calendarIds)], window);
  const givenBy = new Map([...spans].map(([id, of]) => [id, calendarSegments(of, isActive)]));
  const overridesOf = Map.groupBy(overrides, ({ scheduleId }) => scheduleId);
  const rowsOf = Map.groupBy(rows, ({ scheduleId }) => scheduleId);
  return new Map(
    [...rowsOf].map(([scheduleId, ofSchedule]) => {
      const versions = ofSchedule.flatMap((row) => toVersion(row, givenBy));
      const own = overridesOf.get(scheduleId) ?? [];
      const named = [
        ...versions.flatMap(({ definition }) => definition.layers.flatMap((layer) => layer.turns.flat())),
        ...own.map(({ userId }) => userId),
      ];
      const activeUserIds = new Set(named.filter(isActive));
      const timeZone = ofSchedule[0]?.timeZone ?? "Etc/UTC";
      const zones = new Map(ofSchedule.flatMap(({ layers }) => layers.flatMap(zonesOf)));
      return [scheduleId, { timeZone, versions, overrides: own, activeUserIds, zones }];
    }),
  );
}

/** Who is on call at one instant in each of these schedules, without those who may not be paged. Unknown ids are not in the map. */
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

type VersionRow = Awaited<ReturnType<typeof selectVersions>>[number];

type GivenBy = ReadonlyMap<string, ReturnType<typeof calendarSegments>>;

function toVersion({ version, layers }: VersionRow, givenBy: GivenBy): ScheduleVersion[] {
  if (!version) return [];
  const { timeZone, offDuty, effectiveFrom, effectiveTo } = version;
  const definition = {
    timeZone,
    layers: layers.map((layer) => toLayer(layer, givenBy)),
    ...(offDuty.length > 0 && { offDuty }),
  };
  return [{ definition, effectiveFrom, effectiveTo }];
}

function zonesOf({ zones }: PrintedLayer): [userId: string, timeZone: string][] {
  return Object.entries(zones ?? {});
}

function toLayer(printed: PrintedLayer, givenBy: GivenBy): LayerDefinition {
  const { members, turnCount, startsAt, endsAt, ownHours, calendarId, zones: _zones, ...layer } = printed;
  // A turn without a row is one that nobody has.
  const turns = Array.from({ length: turnCount }, (): string[] => []);
  for (const [turn, userId] of members) turns[turn]?.push(userId);
  return {
    ...layer,
    ...(ownHours.length > 0 && { ownHours }),
    startsAt: new Date(startsAt),
    endsAt: endsAt === null ? null : new Date(endsAt),
    turns,
    ...(calendarId !== null && { calendarId, ...(givenBy.get(calendarId) ?? { turns: [], segments: [] }) }),
  };
}

function selectVersions(db: Database | Transaction, ids: string[], window: ScheduleWindow) {
  const inForce = and(
    eq(scheduleVersions.scheduleId, schedules.id),
    lt(scheduleVersions.effectiveFrom, window.end),
    or(isNull(scheduleVersions.effectiveTo), gt(scheduleVersions.effectiveTo, window.start)),
  );
  return db
    .select({
      scheduleId: schedules.id,
      timeZone: schedules.timeZone,
      version: {
        timeZone: scheduleVersions.timeZone,
        offDuty: scheduleVersions.offDuty,
        effectiveFrom: scheduleVersions.effectiveFrom,
        effectiveTo: scheduleVersions.effectiveTo,
      },
      // One document a version: ten thousand rows would cost more than the resolving.
      layers: sql<PrintedLayer[]>`(
        select coalesce(json_agg(json_build_object(
          'id', l.layer_id, 'name', l.name, 'rotation', l.rotation, 'restrictions', l.restrictions, 'together', l.together,
          'turnCount', l.turn_count, 'calendarId', l.calendar_id, 'ownHours', l.own_hours,
          'zones', case when l.own_hours <> '[]' then (
            select json_object_agg(u.id, u.time_zone) from users u
            where u.id in (select m.user_id from schedule_layer_members m where m.layer_row_id = l.id)
          ) end,
          'startsAt', (extract(epoch from l.starts_at) * 1000)::bigint,
          'endsAt', (extract(epoch from l.ends_at) * 1000)::bigint,
          'members', (
            select coalesce(json_agg(json_build_array(m.turn, m.user_id) order by m.turn, m.position), '[]')
            from schedule_layer_members m where m.layer_row_id = l.id
          )
        ) order by l.position), '[]')
        from schedule_layers l where l.version_id = ${scheduleVersions.id}
      )`,
    })
    .from(schedules)
    .leftJoin(scheduleVersions, inForce)
    .where(inArray(schedules.id, ids))
    .orderBy(asc(schedules.id), asc(scheduleVersions.version));
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
    })
    .from(scheduleOverrides)
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
