import type { ScheduleFacts, ScheduleWindow } from "#lib/on-call/schedule";
import { resolveSlots, versionsIn } from "#lib/on-call/resolve";
import { HOUR } from "#lib/time/calendar";
import { intersect, totalLength, union } from "#lib/time/interval";
import { windowsIn } from "#lib/time/recurring-window";
import { timeZoneOrUtc } from "#lib/time/zone";

export type PersonLoad = {
  userId: string;
  /** Elapsed hours on call. */
  hours: number;
  /** Those of them between 22:00 and 07:00 of the person's own clock. */
  nightHours: number;
  /** Hours more (or less, negative) than an equal share, in percent of that share, rounded. */
  deviationPercent: number;
  /** The same of the hours that cost sleep; 0 when nobody has any. */
  nightDeviationPercent: number;
};

export type Fairness = {
  /** The largest deviation of anybody, in either direction; null when fewer than two people share the time. */
  spreadPercent: number | null;
  /** The same of the hours that cost sleep; null too when there are none. */
  nightSpreadPercent: number | null;
  /** Who carries most first. */
  people: PersonLoad[];
};

const NIGHT = { weekday: null, startSecond: 22 * 3600, seconds: 9 * 3600 };

/** How evenly the window's on-call hours fall on everybody who is on call in it or stands in a layer in force at its end. */
export function readFairness(
  facts: ScheduleFacts,
  window: ScheduleWindow,
  zoneOf: (userId: string) => string | undefined,
): Fairness {
  const range = { start: window.start.getTime(), end: window.end.getTime() };
  const slots = Map.groupBy(resolveSlots(facts, range), ({ userId }) => userId);
  const layers = versionsIn(facts, range).at(-1)?.definition.layers ?? [];
  const named = layers.flatMap((layer) => layer.turns.flat());
  const isAvailable = (userId: string) => facts.activeUserIds?.has(userId) ?? true;
  const userIds = [...new Set([...slots.keys(), ...named.filter(isAvailable)])];
  const loads = userIds.map((userId) => {
    const own = union(slots.get(userId) ?? []);
    const nights = windowsIn(timeZoneOrUtc(zoneOf(userId) ?? facts.timeZone), [NIGHT], range);
    return {
      userId,
      hours: totalLength(own) / HOUR,
      nightHours: totalLength(intersect(own, nights)) / HOUR,
    };
  });
  const hours = deviationsOf(loads.map((load) => load.hours));
  const nights = deviationsOf(loads.map((load) => load.nightHours));
  const people = loads
    .map((load, index) => ({
      ...load,
      deviationPercent: hours.deviations[index] ?? 0,
      nightDeviationPercent: nights.deviations[index] ?? 0,
    }))
    .sort((a, b) => b.hours - a.hours || (a.userId < b.userId ? -1 : 1));
  return { spreadPercent: hours.spread, nightSpreadPercent: nights.spread, people };
}

/** How far each is from an equal share, in percent of it, rounded, and the largest of these; null where nothing is shared. */
function deviationsOf(values: readonly number[]): { deviations: number[]; spread: number | null } {
  const share = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const deviations = values.map((value) => (share === 0 ? 0 : Math.round(((value - share) / share) * 100)));
  const isShared = values.length > 1 && share > 0;
  return { deviations, spread: isShared ? Math.max(...deviations.map(Math.abs)) : null };
}
