import type { ScheduleFacts, ScheduleWindow } from "#lib/on-call/schedule";
import type { Interval } from "#lib/time/interval";
import { layerSegments } from "#lib/on-call/layer";
import { overridesInForce } from "#lib/on-call/override";
import { resolveSlots, versionsIn, whoIsOnCall } from "#lib/on-call/resolve";
import { restrictionWindows } from "#lib/on-call/restriction";
import { DAY, HOUR, SECOND } from "#lib/time/calendar";
import { complement, intersect, subtract, totalLength, union } from "#lib/time/interval";
import { windowsIn } from "#lib/time/recurring-window";
import { timeZoneOrUtc } from "#lib/time/zone";

/** Nobody is on call in [start, end): nobody is scheduled, or only people who are not available are. */
export type Gap = { start: Date; end: Date; because: "nobody-scheduled" | "nobody-available" };

/** A shift whose people are all unavailable; a layer below may still cover the time. */
export type EmptyShift = {
  start: Date;
  end: Date;
  userIds: string[];
  source: { kind: "layer"; layerId: string } | { kind: "override"; overrideId: string };
};

/** Seams up to so long between imported windows ("00:00:00–11:59:59") are no gaps. */
export const GAP_TOLERANCE_SECONDS = 5;

/** The times in the window, declared off-duty times aside, when nobody is on call. */
export function findGaps(
  facts: ScheduleFacts,
  window: ScheduleWindow,
  toleranceSeconds = GAP_TOLERANCE_SECONDS,
): Gap[] {
  const range = rangeOf(window);
  const gaps = uncovered(facts, range).filter((it) => it.end - it.start > toleranceSeconds * SECOND);
  const empty = union(emptyIntervals(facts, range));
  return gaps
    .flatMap((gap) => [
      ...intersect(empty, [gap]).map((it) => ({ ...it, because: "nobody-available" as const })),
      ...complement(gap, empty).map((it) => ({ ...it, because: "nobody-scheduled" as const })),
    ])
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, because }) => ({ start: new Date(start), end: new Date(end), because }));
}

/** The gaps worth a warning: from now, for so many days. */
export function upcomingGaps(facts: ScheduleFacts, now: Date, days = 30): Gap[] {
  return findGaps(facts, { start: now, end: new Date(now.getTime() + days * DAY) });
}

/** The share of the window, off-duty times aside, in which somebody is on call: 1 exactly if `findGaps` finds none; 0 for an empty window. */
export function coverageRatio(
  facts: ScheduleFacts,
  window: ScheduleWindow,
  toleranceSeconds = GAP_TOLERANCE_SECONDS,
): number {
  const range = rangeOf(window);
  if (!(range.start < range.end)) return 0;
  const required = totalLength(subtract([range], offDuty(facts, range)));
  if (required === 0) return 1;
  const gaps = uncovered(facts, range).filter((it) => it.end - it.start > toleranceSeconds * SECOND);
  return 1 - totalLength(gaps) / required;
}

export type CoverageStatus = "no-layers" | "no-people" | "uncovered" | "covered";

/** What is wrong first: no layer in force, no available person in any, nobody on call at this instant. */
export function coverageStatus(facts: ScheduleFacts, at: Date): CoverageStatus {
  if (whoIsOnCall(facts, at).length > 0) return "covered";
  const instant = at.getTime();
  const [current] = versionsIn(facts, { start: instant, end: instant + 1 });
  const layers = current?.definition.layers ?? [];
  if (layers.length === 0) return "no-layers";
  const people = layers.flatMap((layer) => layer.turns.flat());
  return people.some((userId) => isAvailable(facts, userId)) ? "uncovered" : "no-people";
}

/** Shifts and overrides of the window whose people are all unavailable; a turn left empty on purpose is none. */
export function findEmptyShifts(facts: ScheduleFacts, window: ScheduleWindow): EmptyShift[] {
  const range = rangeOf(window);
  return [...emptyLayerShifts(facts, range), ...emptyOverrides(facts, range)]
    .sort((a, b) => a.start - b.start)
    .map((it) => ({ ...it, start: new Date(it.start), end: new Date(it.end) }));
}

/** Elapsed hours on call per person within the window. */
export function hoursPerPerson(facts: ScheduleFacts, window: ScheduleWindow): Map<string, number> {
  const hours = new Map<string, number>();
  for (const { userId, start, end } of resolveSlots(facts, rangeOf(window))) {
    hours.set(userId, (hours.get(userId) ?? 0) + (end - start) / HOUR);
  }
  return hours;
}

function rangeOf(window: ScheduleWindow): Interval {
  return { start: window.start.getTime(), end: window.end.getTime() };
}

function uncovered(facts: ScheduleFacts, range: Interval): Interval[] {
  return subtract(complement(range, union(resolveSlots(facts, range))), offDuty(facts, range));
}

function offDuty(facts: ScheduleFacts, range: Interval): Interval[] {
  return union(
    versionsIn(facts, range).flatMap(({ definition, start, end }) => {
      if (!definition.offDuty?.length) return [];
      const windows = restrictionWindows(definition.offDuty);
      return windows === null ? [] : windowsIn(timeZoneOrUtc(definition.timeZone), windows, { start, end });
    }),
  );
}

function isAvailable(facts: ScheduleFacts, userId: string): boolean {
  return !facts.activeUserIds || facts.activeUserIds.has(userId);
}

type EmptyInterval = Interval & Pick<EmptyShift, "userIds" | "source">;

function emptyIntervals(facts: ScheduleFacts, range: Interval): EmptyInterval[] {
  return [...emptyLayerShifts(facts, range), ...emptyOverrides(facts, range)];
}

function emptyLayerShifts(facts: ScheduleFacts, range: Interval): EmptyInterval[] {
  return versionsIn(facts, range).flatMap(({ definition, ...span }) =>
    definition.layers.flatMap((layer) => {
      const isEmpty = layer.turns.map(
        (group) => group.length > 0 && !group.some((userId) => isAvailable(facts, userId)),
      );
      if (!isEmpty.includes(true)) return [];
      const source = { kind: "layer" as const, layerId: layer.id };
      return layerSegments(definition, layer, span)
        .filter((segment) => isEmpty[segment.group])
        .map(({ start, end, group }) => ({ start, end, userIds: layer.turns[group] ?? [], source }));
    }),
  );
}

function emptyOverrides(facts: ScheduleFacts, range: Interval): EmptyInterval[] {
  return overridesInForce({ ...facts, activeUserIds: undefined }, range)
    .filter((override) => !isAvailable(facts, override.userId))
    .map(({ id, userId, startsAt, endsAt }) => ({
      start: Math.max(startsAt.getTime(), range.start),
      end: Math.min(endsAt.getTime(), range.end),
      userIds: [userId],
      source: { kind: "override", overrideId: id },
    }));
}
