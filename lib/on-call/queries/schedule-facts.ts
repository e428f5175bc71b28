import { and, asc, eq, gt, inArray, isNull, lt, not, or } from "drizzle-orm";
import type { Database } from "#db/connect";
import { users } from "#db/schema/people";
import { scheduleOverrides, schedules, scheduleVersions } from "#db/schema/schedules";
import type { Transaction } from "#lib/context";
import type {
  LayerDefinition,
  OnCallEntry,
  ScheduleFacts,
  ScheduleVersion,
  ScheduleWindow,
} from "#lib/on-call/schedule";
import { calendarSegments, strangerName } from "#lib/on-call/calendar-segments";
import { loadCalendarSpans } from "#lib/on-call/queries/calendar-spans";
import { loadVersionLayers } from "#lib/on-call/queries/version-layers";
import type { VersionLayers } from "#lib/on-call/queries/version-layers";
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
  const inactiveUserIds = new Set(inactive.map(({ id }) => id));
  const isActive = (id: string) => strangerName(id) === null && !inactiveUserIds.has(id);
  const layersOf = await loadVersionLayers(
    db,
    rows.flatMap(({ version }) => version?.id ?? []),
  );
  const [givenBy, zones] = await Promise.all([
    loadGiven(db, { layersOf, window, isActive }),
    loadZones(db, layersOf),
  ]);
  const overridesOf = Map.groupBy(overrides, ({ scheduleId }) => scheduleId);
  const rowsOf = Map.groupBy(rows, ({ scheduleId }) => scheduleId);
  return new Map(
    [...rowsOf].map(([scheduleId, ofSchedule]) => {
      const versions = ofSchedule.flatMap((row) => toVersion(row, layersOf, givenBy));
      const own = overridesOf.get(scheduleId) ?? [];
      const named = [
        ...ofSchedule.flatMap(({ version }) => membersOf(version?.id, layersOf, givenBy)),
        ...own.map(({ userId }) => userId),
      ];
      const activeUserIds = new Set(named.filter(isActive));
      const timeZone = ofSchedule[0]?.timeZone ?? "Etc/UTC";
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

type LayersOf = ReadonlyMap<string, VersionLayers>;

type GivenBy = ReadonlyMap<string, ReturnType<typeof calendarSegments>>;

function toVersion({ version }: VersionRow, layersOf: LayersOf, givenBy: GivenBy): ScheduleVersion[] {
  if (!version) return [];
  const { id, timeZone, offDuty, effectiveFrom, effectiveTo } = version;
  const definition = {
    timeZone,
    layers: (layersOf.get(id)?.layers ?? []).map((layer) => withCalendar(layer, givenBy)),
    ...(offDuty.length > 0 && { offDuty }),
  };
  return [{ definition, effectiveFrom, effectiveTo }];
}

function withCalendar(layer: VersionLayers["layers"][number], givenBy: GivenBy): LayerDefinition {
  const { calendarId, ...rest } = layer;
  if (calendarId === null) return rest;
  return { ...rest, calendarId, ...(givenBy.get(calendarId) ?? { turns: [], segments: [] }) };
}

function membersOf(versionId: string | undefined, layersOf: LayersOf, givenBy: GivenBy): string[] {
  const of = versionId === undefined ? undefined : layersOf.get(versionId);
  if (!of) return [];
  const given = of.layers.flatMap(
    ({ calendarId }) => (calendarId && givenBy.get(calendarId)?.turns.flat()) || [],
  );
  return [...of.memberIds, ...given];
}

type CalendarsAsked = { layersOf: LayersOf; window: ScheduleWindow; isActive: (id: string) => boolean };

async function loadGiven(
  db: Database | Transaction,
  { layersOf, window, isActive }: CalendarsAsked,
): Promise<GivenBy> {
  const ids = [...layersOf.values()].flatMap(({ layers }) =>
    layers.flatMap(({ calendarId }) => calendarId ?? []),
  );
  const spans = await loadCalendarSpans(db, [...new Set(ids)], window);
  return new Map([...spans].map(([id, of]) => [id, calendarSegments(of, isActive)]));
}

/** Where the members live whose own hours count. */
async function loadZones(db: Database | Transaction, layersOf: LayersOf): Promise<Map<string, string>> {
  const ids = [...new Set([...layersOf.values()].flatMap(({ zonedIds }) => zonedIds))];
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
        timeZone: scheduleVersions.timeZone,
        offDuty: scheduleVersions.offDuty,
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
