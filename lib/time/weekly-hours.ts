import { DAY, SECOND } from "#lib/time/calendar";
import { isInWindow } from "#lib/time/recurring-window";
import type { RecurringWindow } from "#lib/time/recurring-window";
import { parseTimeOfDay } from "#lib/time/wall-clock";
import { parseTimeZone } from "#lib/time/zone";

/** Hours of the week on a zone's clock. */
export type WeeklyHours = { timeZone: string; windows: RecurringWindow[] };

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/**
 * Reads "Mon-Fri 09:00 to 17:00 Europe/Berlin" or "Sat,Sun 22:00 to 06:00 Etc/UTC": an end that is not after the start is on the next
 * day, equal times are the whole day. Answers what is wrong with a text that can't be read.
 */
export function parseWeeklyHours(text: string): WeeklyHours | { error: string } {
  const match =
    /^\s*([A-Za-z,-]+)\s+(\d{1,2}:\d{2}(?::\d{2})?)\s+to\s+(\d{1,2}:\d{2}(?::\d{2})?)\s+(\S+)\s*$/.exec(text);
  if (!match) return { error: 'Hours are written as "Mon-Fri 09:00 to 17:00 Europe/Berlin"' };
  const [, dayList = "", fromText = "", toText = "", zoneName = ""] = match;
  const days = parseDays(dayList);
  if (days === null) return { error: `"${dayList}" are no weekdays: Mon to Sun, as a list or a range` };
  const [from, to] = [timeOf(fromText), timeOf(toText)];
  if (from === null || to === null)
    return { error: `"${from === null ? fromText : toText}" is no time of day` };
  const zone = parseTimeZone(zoneName);
  if (zone.kind === "unknown") return { error: `"${zoneName}" is no time zone` };
  const day = DAY / SECOND;
  const seconds = to > from ? to - from : to - from + day;
  return {
    timeZone: zone.timeZone,
    windows: days.map((weekday) => ({ weekday, startSecond: from, seconds })),
  };
}

/** Whether an instant (epoch milliseconds) lies within the hours. */
export function isWithinHours(hours: WeeklyHours, instant: number): boolean {
  return isInWindow(hours.timeZone, hours.windows, instant);
}

function timeOf(text: string): number | null {
  return parseTimeOfDay(text.length === 4 || text.length === 7 ? `0${text}` : text);
}

function parseDays(list: string): number[] | null {
  const days = new Set<number>();
  for (const part of list.toLowerCase().split(",")) {
    const [from, to, more] = part.split("-").map((name) => DAYS.indexOf(name));
    if (from === undefined || from < 0 || to === -1 || more !== undefined) return null;
    const length = to === undefined ? 1 : ((to - from + 7) % 7) + 1;
    for (let step = 0; step < length; step += 1) days.add(((from + step) % 7) + 1);
  }
  return [...days].toSorted((a, b) => a - b);
}
