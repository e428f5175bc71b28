import type { LayerDefinition, ScheduleFacts, ScheduleWindow } from "#lib/on-call/schedule";
import type { Slot } from "#lib/on-call/slot";
import type { Interval } from "#lib/time/interval";
import { strangerName } from "#lib/on-call/calendar-segments";
import { findEmptyShifts, type EmptyShift } from "#lib/on-call/coverage";
import { personWarnings } from "#lib/on-call/person-warnings";
import type { Circumstances, PersonWarning } from "#lib/on-call/person-warnings";
import { splitWindow, type SplitWindow } from "#lib/on-call/split-window";
import { assignedSlots, resolveSlots, versionsIn } from "#lib/on-call/resolve";
import { DAY, floorMod, HOUR } from "#lib/time/calendar";
import { union } from "#lib/time/interval";
import { formatTimeOfDay, wallClockAt } from "#lib/time/wall-clock";
import { timeZoneOrUtc } from "#lib/time/zone";

/** What an editor should know before publishing; none of it forbids to. */
export type ScheduleWarning =
  | PersonWarning
  | { kind: "no-people"; layerId: string }
  | { kind: "single-person"; layerId: string; userId: string }
  | { kind: "layer-ends"; layerId: string; at: Date }
  | ({ kind: "hand-off-splits-window"; layerId: string } & SplitWindow)
  | ({ kind: "empty-shift" } & EmptyShift)
  | { kind: "in-two-places"; userId: string; start: Date; end: Date }
  /** The first of `count` hand-offs to this person at this time of theirs, from 22:00 to 07:00. */
  | { kind: "night-hand-off"; userId: string; at: Date; localTime: string; timeZone: string; count: number }
  /** On call for more than 7 days, with no day off between. */
  | { kind: "long-stretch"; userId: string; start: Date; end: Date; days: number }
  | { kind: "clock-change"; userId: string; start: Date; end: Date; hours: number; usualHours: number };

const NIGHT = { from: 22 * HOUR, to: 7 * HOUR };
const LONGEST_STRETCH_DAYS = 7;

/**
 * Warnings for what is in force in the window. `zones` gives the time zone of people who live in another than the schedule's,
 * `circumstances` what is known of them beyond it.
 */
export function scheduleWarnings(
  facts: ScheduleFacts,
  window: ScheduleWindow,
  zones: ReadonlyMap<string, string> = new Map(),
  circumstances: Circumstances | null = null,
): ScheduleWarning[] {
  const range = { start: window.start.getTime(), end: window.end.getTime() };
  const slots = resolveSlots(facts, range);
  const timeZone = timeZoneOrUtc(facts.timeZone);
  return [
    ...layerWarnings(facts, range),
    ...oncePerStranger(findEmptyShifts(facts, window)).map((shift) => ({
      kind: "empty-shift" as const,
      ...shift,
    })),
    ...(circumstances === null ? [] : personWarnings(slots, circumstances)),
    ...inTwoPlaces(assignedSlots(facts, range)),
    ...nightHandOffs(slots, range, (userId) => timeZoneOrUtc(zones.get(userId) ?? timeZone)),
    ...longStretches(slots, timeZone),
    ...clockChanges(slots, range, timeZone),
  ];
}

/** Whom nobody here is known as is in a calendar week after week: the first time is enough. */
function oncePerStranger(shifts: readonly EmptyShift[]): EmptyShift[] {
  const seen = new Set<string>();
  return shifts.filter(({ userIds, source }) => {
    if (!userIds.every((userId) => strangerName(userId) !== null)) return true;
    const key = JSON.stringify([source, userIds]);
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  });
}

function layerWarnings(facts: ScheduleFacts, range: Interval): ScheduleWarning[] {
  // An edit inside the window would repeat what the version in force at its end says.
  const definition = versionsIn(facts, range).at(-1)?.definition;
  const layers = definition?.layers.filter((layer) => meets(layer, range)) ?? [];
  return layers.flatMap((layer): ScheduleWarning[] => {
    const people = [...new Set(layer.turns.flat())];
    const split = definition ? splitWindow(layer) : null;
    const endsAt = layer.endsAt;
    return [
      ...(people.length === 0 ? [{ kind: "no-people" as const, layerId: layer.id }] : []),
      ...(people.length === 1
        ? people.map((userId) => ({ kind: "single-person" as const, layerId: layer.id, userId }))
        : []),
      ...(endsAt && endsAt.getTime() <= range.end
        ? [{ kind: "layer-ends" as const, layerId: layer.id, at: endsAt }]
        : []),
      ...(split ? [{ kind: "hand-off-splits-window" as const, layerId: layer.id, ...split }] : []),
    ];
  });
}

function meets(layer: LayerDefinition, range: Interval): boolean {
  const end = layer.endsAt?.getTime() ?? Number.POSITIVE_INFINITY;
  return layer.startsAt.getTime() < range.end && end > range.start;
}

/** Where a person has a slot while an earlier one of theirs has not ended. */
function inTwoPlaces(assigned: readonly Slot[]): ScheduleWarning[] {
  return [...byPerson(assigned)].flatMap(([userId, own]) => {
    const sorted = own.toSorted((a, b) => a.start - b.start);
    let reached = Number.NEGATIVE_INFINITY;
    const doubled: Interval[] = [];
    for (const { start, end } of sorted) {
      doubled.push({ start, end: Math.min(end, reached) });
      reached = Math.max(reached, end);
    }
    return union(doubled).map((it) => ({
      kind: "in-two-places" as const,
      userId,
      start: new Date(it.start),
      end: new Date(it.end),
    }));
  });
}

function nightHandOffs(
  slots: readonly Slot[],
  range: Interval,
  zoneOf: (userId: string) => string,
): ScheduleWarning[] {
  return [...byPerson(slots)].flatMap(([userId, own]) => {
    const timeZone = zoneOf(userId);
    const byTime = new Map<string, { at: number; count: number }>();
    for (const { start } of union(own)) {
      const wall = wallClockAt(timeZone, start);
      const time = floorMod(wall, DAY);
      if (start === range.start || (time < NIGHT.from && time >= NIGHT.to)) continue;
      const known = byTime.get(formatTimeOfDay(wall));
      if (known) known.count += 1;
      else byTime.set(formatTimeOfDay(wall), { at: start, count: 1 });
    }
    return [...byTime].map(([localTime, { at, count }]) => ({
      kind: "night-hand-off" as const,
      userId,
      at: new Date(at),
      localTime,
      timeZone,
      count,
    }));
  });
}

function longStretches(slots: readonly Slot[], timeZone: string): ScheduleWarning[] {
  return [...byPerson(slots)].flatMap(([userId, own]) => {
    // Daily shifts with nights off between them are one stretch.
    const joined = union(own.map(({ start, end }) => ({ start, end: end + DAY - 1 })));
    return joined.flatMap(({ start, end: joinedEnd }) => {
      const end = joinedEnd - DAY + 1;
      const days = (wallClockAt(timeZone, end) - wallClockAt(timeZone, start)) / DAY;
      if (days <= LONGEST_STRETCH_DAYS) return [];
      const stretch = { start: new Date(start), end: new Date(end), days: Math.ceil(days) };
      return [{ kind: "long-stretch" as const, userId, ...stretch }];
    });
  });
}

/** Shifts, not cut by the window, that the clocks make longer or shorter than they look. */
function clockChanges(slots: readonly Slot[], range: Interval, timeZone: string): ScheduleWarning[] {
  return slots.flatMap(({ userId, start, end }) => {
    const usual = wallClockAt(timeZone, end) - wallClockAt(timeZone, start);
    if (usual === end - start || start === range.start || end === range.end) return [];
    const hours = { hours: (end - start) / HOUR, usualHours: usual / HOUR };
    return [{ kind: "clock-change" as const, userId, start: new Date(start), end: new Date(end), ...hours }];
  });
}

function byPerson(slots: readonly Slot[]): Map<string, Slot[]> {
  const people = new Map<string, Slot[]>();
  for (const slot of slots) {
    const own = people.get(slot.userId);
    if (own) own.push(slot);
    else people.set(slot.userId, [slot]);
  }
  return people;
}
