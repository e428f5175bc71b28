import { addMonths, DAY, MINUTE, startOfDay, weekdayOf } from "#lib/time/calendar";
import { instantAt, wallClockAt } from "#lib/time/wall-clock";

/** When a report goes out, by the clock of a zone: every day, on a weekday (1 Monday to 7), or on a day of the month (its last if shorter). */
export type Cadence = {
  every: "day" | "week" | "month";
  /** Of a week or month; nothing of a day. */
  on: number | null;
  /** Minutes after midnight. */
  minute: number;
  timeZone: string;
};

/**
 * The first instant of the cadence after `after` (epoch milliseconds). Where the clocks skip that time of day it is as much later; where
 * they show it twice it is the first: once for each day, always.
 */
export function nextDue({ every, on, minute, timeZone }: Cadence, after: number): number {
  const today = startOfDay(wallClockAt(timeZone, after));
  for (let ahead = -1; ahead <= 64; ahead += 1) {
    const day = today + ahead * DAY;
    if (!isDay(every, on, day)) continue;
    const at = instantAt(timeZone, day + minute * MINUTE);
    if (at > after) return at;
  }
  throw new Error("A cadence has no next day.");
}

function isDay(every: Cadence["every"], on: number | null, day: number): boolean {
  if (every === "day") return true;
  if (every === "week") return weekdayOf(day) === on;
  const date = new Date(day).getUTCDate();
  const first = day - (date - 1) * DAY;
  const last = Math.round((addMonths(first, 1) - first) / DAY);
  return date === Math.min(on ?? 1, last);
}
