import type {
  LayerDefinition,
  LayerRestriction,
  LayerRotation,
  Override,
  ScheduleFacts,
} from "#lib/on-call/schedule";
import { resolveSchedule, whoIsOnCall } from "#lib/on-call/resolve";
import { instantAt, parseWallClock } from "#lib/time/wall-clock";

// Schedules for tests, written as short as they are read: people are single letters, "AB C -" is a turn of
// A with B, a turn of C, and a turn nobody has.

const LONG_AGO = new Date("2000-01-01T00:00:00Z");

export function layerOf(
  turns: string,
  rotation: Partial<LayerRotation> = {},
  rest: Partial<LayerDefinition> = {},
): LayerDefinition {
  return {
    id: `layer-${turns}`,
    name: turns,
    startsAt: LONG_AGO,
    endsAt: null,
    rotation: { virtualStart: "2024-08-05T00:00", unit: "day", length: 1, advance: "clock", ...rotation },
    turns: turns.split(" ").map((group) => (group === "-" ? [] : group.split(""))),
    restrictions: [],
    together: false,
    ...rest,
  };
}

export function scheduleOf(
  timeZone: string,
  layers: LayerDefinition[],
  rest: Partial<ScheduleFacts> = {},
): ScheduleFacts {
  const versions = [{ definition: { timeZone, layers }, effectiveFrom: LONG_AGO, effectiveTo: null }];
  return { timeZone, versions, overrides: [], ...rest };
}

/** `created` counts seconds: a later number was created later. */
export function overrideOf(
  userId: string,
  startsAt: string,
  endsAt: string,
  rest: Partial<Override> & { created?: number } = {},
): Override {
  const { created = 0, ...fields } = rest;
  return {
    id: `${userId} ${startsAt}`,
    userId,
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
    createdAt: new Date(created * 1000),
    ...fields,
  };
}

export function daily(startTime: string, hours: number): LayerRestriction {
  return { type: "daily", startTime, durationSeconds: hours * 3600 };
}

/** One window on each of the weekdays, "Mo We". */
export function weekly(days: string, startTime: string, hours: number): LayerRestriction[] {
  return days.split(" ").map((day) => ({
    type: "weekly",
    startDay: ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"].indexOf(day) + 1,
    startTime,
    durationSeconds: hours * 3600,
  }));
}

/** The instant of "2026-03-08T09:00" in the zone, or of an instant that ends in Z. */
export function moment(timeZone: string, text: string): Date {
  if (text.endsWith("Z")) return new Date(text);
  const wall = parseWallClock(text);
  if (wall === null) throw new Error(`${text} is no wall-clock time`);
  return new Date(instantAt(timeZone, wall));
}

/** The people on call at a moment, "AB", or "-" if nobody is. */
export function onCallAt(facts: ScheduleFacts, at: string): string {
  const people = whoIsOnCall(facts, moment(facts.timeZone, at)).map((entry) => entry.userId);
  return people.length === 0 ? "-" : people.toSorted().join("");
}

/** The same on so many days from the first moment on, one word a day. */
export function onCallDaily(facts: ScheduleFacts, first: string, days: number): string {
  const wall = parseWallClock(first) ?? Number.NaN;
  return Array.from({ length: days }, (_, day) => {
    const at = new Date(wall + day * 86_400_000).toISOString().slice(0, 19);
    return onCallAt(facts, at);
  }).join(" ");
}

/** Shifts as "A 2026-03-08T05:00Z/2026-03-09T04:00Z", in UTC. */
export function shiftsIn(facts: ScheduleFacts, from: string, to: string): string[] {
  const window = { start: moment(facts.timeZone, from), end: moment(facts.timeZone, to) };
  return resolveSchedule(facts, window).map(
    ({ userId, start, end }) => `${userId} ${utcText(start)}/${utcText(end)}`,
  );
}

/** To the minute where there are no seconds. */
export function utcText(instant: Date): string {
  return instant.toISOString().replace(/(:00)?\.000Z$/, "Z");
}
