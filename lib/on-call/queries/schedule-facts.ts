import { and, asc, eq, gt, inArray, isNull, lt, not, or } from "drizzle-orm";
import type { Database } from "#db/connect";
import { users } from "#db/schema/people";
import { scheduleOverrides, schedules, scheduleVersions } from "#db/schema/schedules";
import type { Transaction } from "#lib/context";
import type { OnCallEntry, ScheduleFacts, ScheduleVersion, ScheduleWindow } from "#lib/on-call/schedule";
import { calendarSegments, strangerName } from "#lib/on-call/calendar-segments";
import { loadCalendarSpans } from "#lib/on-call/queries/calendar-spans";
import { loadVersionDefinitions } from "#lib/on-call/queries/version-definitions";
import type { VersionDefinition } from "#lib/on-call/queries/version-definitions";
import { whoIsOnCall } from "#lib/on-call/resolve";
import { isPageable } from "#lib/people/queries/pageable";
import { DAY } from "#lib/time/calendar";

/**
 * Everything the resolver needs about these schedules in [start, end), in a fixed number of statements, however many schedules: three,
 * and one more each for versions read for the first time, layers that follow calendars, and layers that go by their members' own hours.
 * Deleted ones too, since the policy snapshots of open incidents still name them. The map lacks unknown ids.
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
  const versionIds = rows.flatMap(({ version }) => version?.id ?? []);
  const published = await loadVersionDefinitions(db, versionIds);
  const inactiveUserIds = new Set(inactive.map(({ id }) => id));
  const isActive = (id: string) => strangerName(id) === null && !inactiveUserIds.has(id);
  const [given, zones] = await Promise.all([
    loadGiven(db, { published, window, isActive }),
    loadZones(db, published),
  ]);
  const named = new Set([
    ...[...published.values()].flatMap(({ memberIds }) => memberIds),
    ...[...given.values()].flatMap(({ turns }) => turns.flat()),
    ...overrides.map(({ userId }) => userId),
  ]);
  const activeUserIds = new Set([...named].filter(isActive));
  const overridesOf = Map.groupBy(overrides, ({ scheduleId }) => scheduleId);
  const rowsOf = Map.groupBy(rows, ({ scheduleId }) => scheduleId);
  return new Map(
    [...rowsOf].map(([scheduleId, ofSchedule]) => {
      const versions = ofSchedule.flatMap(({ version }) => toVersion(version, published, given));
      const timeZone = ofSchedule[0]?.timeZone ?? "Etc/UTC";
      return [
        scheduleId,
        { timeZone, versions, overrides: overridesOf.get(scheduleId) ?? [], activeUserIds, zones },
      ];
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

type Published = ReadonlyMap<string, VersionDefinition>;

type Given = ReadonlyMap<string, ReturnType<typeof calendarSegments>>;

function toVersion(version: VersionRow["version"], published: Published, given: Given): ScheduleVersion[] {
  const of = version ? published.get(version.id) : undefined;
  if (!version || !of) return [];
  const { effectiveFrom, effectiveTo } = version;
  const { definition } = of;
  if (of.calendarIds.length === 0) return [{ definition, effectiveFrom, effectiveTo }];
  const layers = definition.layers.map((layer) =>
    layer.calendarId === undefined
      ? layer
      : { ...layer, ...(given.get(layer.calendarId) ?? { turns: [], segments: [] }) },
  );
  return [{ definition: { ...definition, layers }, effectiveFrom, effectiveTo }];
}

type CalendarsAsked = { published: Published; window: ScheduleWindow; isActive: (id: string) => boolean };

/** What the calendars that layers follow say in the window. */
async function loadGiven(
  db: Database | Transaction,
  { published, window, isActive }: CalendarsAsked,
): Promise<Given> {
  const ids = [...published.values()].flatMap(({ calendarIds }) => calendarIds);
  const spans = await loadCalendarSpans(db, [...new Set(ids)], window);
  return new Map([...spans].map(([id, of]) => [id, calendarSegments(of, isActive)]));
}

/** Where the members live whose own hours count. */
async function loadZones(db: Database | Transaction, published: Published): Promise<Map<string, string>> {
  const ids = [...new Set([...published.values()].flatMap(({ zonedIds }) => zonedIds))];
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: users.id, timeZone: users.timeZone })
    .from(users)
    .where(inArray(users.id, ids));
  return new Map(rows.map(({ id, timeZone }) => [id, timeZone]));
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
        id: scheduleVersions.id,
        effectiveFrom: scheduleVersions.effectiveFrom,
        effectiveTo: scheduleVersions.effectiveTo,
      },
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
