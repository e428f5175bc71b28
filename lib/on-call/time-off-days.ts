import { DAY } from "#lib/time/calendar";
import { instantAt, parseWallClock } from "#lib/time/wall-clock";
import { timeZoneOrUtc } from "#lib/time/zone";

/** Whole days away, "2026-12-24" to "2026-12-26" inclusive, on the clocks of a zone; null if they are no dates or in the wrong order. */
export function daysAway(
  { firstDay, lastDay }: { firstDay: string; lastDay: string },
  timeZone: string,
): { startsAt: Date; endsAt: Date } | null {
  const [first, last] = [firstDay, lastDay].map((day) => (day.length === 10 ? parseWallClock(day) : null));
  if (first === undefined || first === null || last === undefined || last === null || last < first)
    return null;
  const zone = timeZoneOrUtc(timeZone);
  return { startsAt: new Date(instantAt(zone, first)), endsAt: new Date(instantAt(zone, last + DAY)) };
}
