import type { Interval } from "#lib/time/interval";
import { DAY, floorMod, SECOND, startOfDay, weekdayOf, WEEK } from "#lib/time/calendar";
import { union } from "#lib/time/interval";
import { calmWallClockAt, instantAt, wallClockAt } from "#lib/time/wall-clock";

/** A wall-clock window that begins every day, or on one weekday (1 Monday … 7 Sunday). */
export type RecurringWindow = { weekday: number | null; startSecond: number; seconds: number };

/** A Monday, 00:00: 1970-01-05. */
const MONDAY = 4 * DAY;

/**
 * The union of the windows inside `range`. Start and end are each resolved to an instant, so a window
 * never falls apart at a clock change; one whose end is not after its start that day is left out.
 */
export function windowsIn(
  timeZone: string,
  windows: readonly RecurringWindow[],
  range: Interval,
): Interval[] {
  if (!(range.start < range.end) || windows.length === 0) return [];
  const longest = Math.max(...windows.map((window) => window.seconds));
  // One more day on both sides: a zone may skip a whole date.
  const daysBack = Math.ceil((longest * SECOND) / DAY) + 1;
  const firstDay = startOfDay(wallClockAt(timeZone, range.start)) - daysBack * DAY;
  const lastDay = startOfDay(wallClockAt(timeZone, range.end)) + DAY;
  const found: Interval[] = [];
  for (let day = firstDay; day <= lastDay; day += DAY) {
    const weekday = weekdayOf(day);
    for (const window of windows) {
      if (window.weekday !== null && window.weekday !== weekday) continue;
      const from = day + window.startSecond * SECOND;
      const start = Math.max(instantAt(timeZone, from), range.start);
      const end = Math.min(instantAt(timeZone, from + window.seconds * SECOND), range.end);
      if (start < end) found.push({ start, end });
    }
  }
  return union(found);
}

/** Whether an instant lies in one of the windows: `windowsIn` for one instant, without drawing them. */
export function isInWindow(timeZone: string, windows: readonly RecurringWindow[], instant: number): boolean {
  const wall = calmWallClockAt(timeZone, instant);
  if (wall === null) return windowsIn(timeZone, windows, { start: instant, end: instant + 1 }).length > 0;
  return windows.some(({ weekday, startSecond, seconds }) => {
    const period = weekday === null ? DAY : WEEK;
    const day = weekday === null ? 0 : (weekday - 1) * DAY;
    return floorMod(wall - MONDAY - day - startSecond * SECOND, period) < seconds * SECOND;
  });
}
