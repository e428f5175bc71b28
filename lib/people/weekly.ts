import { HOUR, startOfDay, weekdayOf } from "#lib/time/calendar";
import { formatDate, wallClockAt } from "#lib/time/wall-clock";
import { timeZoneOrUtc } from "#lib/time/zone";

/** How long after its time something weekly is still of use. */
const USEFUL_HOURS = 6;

/**
 * Something that happens once a week at a person's own hour: the local date that names this week's if it is due at `at`, else null. After
 * an outage of more than six hours it waits for the next week rather than come at night.
 */
export function dueThisWeek(
  at: Date,
  timeZone: string,
  { weekday, hour }: { weekday: number; hour: number },
): string | null {
  const wall = wallClockAt(timeZoneOrUtc(timeZone), at.getTime());
  const sinceMidnight = wall - startOfDay(wall);
  if (weekdayOf(wall) !== weekday) return null;
  if (sinceMidnight < hour * HOUR || sinceMidnight >= (hour + USEFUL_HOURS) * HOUR) return null;
  return formatDate(wall);
}
