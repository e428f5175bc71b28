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
};

export type Fairness = {
  /** The largest deviation of anybody, in either direction; null when fewer than two people share the time. */
  spreadPercent: number | null;
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
  const share = loads.reduce((sum, { hours }) => sum + hours, 0) / Math.max(1, loads.length);
  const people = loads
    .map((load) => ({
      ...load,
      deviationPercent: share === 0 ? 0 : Math.round(((load.hours - share) / share) * 100),
    }))
    .sort((a, b) => b.hours - a.hours || (a.userId < b.userId ? -1 : 1));
  const spread = Math.max(0, ...people.map(({ deviationPercent }) => Math.abs(deviationPercent)));
  return { spreadPercent: people.length < 2 || share === 0 ? null : spread, people };
}
