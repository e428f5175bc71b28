import type { LayerRestriction } from "#lib/on-call/schedule";
import type { RecurringWindow } from "#lib/time/recurring-window";
import { parseTimeOfDay } from "#lib/time/wall-clock";

const DAY_SECONDS = 86_400;
const WEEK_SECONDS = 7 * DAY_SECONDS;

// A definition never changes, and is asked again and again.
const known = new WeakMap<readonly LayerRestriction[], RecurringWindow[] | null>();

/**
 * The windows of well-formed restrictions; null where nothing restricts. Malformed ones are refused on
 * save; should one get here all the same it is left out, so that it rather adds coverage than loses it.
 */
export function restrictionWindows(
  restrictions: readonly LayerRestriction[],
): readonly RecurringWindow[] | null {
  const last = known.get(restrictions);
  if (last !== undefined) return last;
  const windows = windowsOf(restrictions);
  known.set(restrictions, windows);
  return windows;
}

function windowsOf(restrictions: readonly LayerRestriction[]): RecurringWindow[] | null {
  const windows = restrictions.flatMap(restrictionWindow);
  return windows.length === 0 || windows.some(isWholeTime) ? null : windows;
}

function restrictionWindow(restriction: LayerRestriction): RecurringWindow[] {
  const startSecond = parseTimeOfDay(restriction.startTime);
  const seconds = restriction.durationSeconds;
  if (startSecond === null || !(seconds > 0)) return [];
  if (restriction.type === "daily") {
    return [{ weekday: null, startSecond, seconds: Math.min(seconds, DAY_SECONDS) }];
  }
  if (!isWeekday(restriction.startDay)) return [];
  return [{ weekday: restriction.startDay, startSecond, seconds: Math.min(seconds, WEEK_SECONDS) }];
}

function isWholeTime(window: RecurringWindow): boolean {
  return window.seconds >= (window.weekday === null ? DAY_SECONDS : WEEK_SECONDS);
}

export function isWeekday(day: number): boolean {
  return Number.isInteger(day) && day >= 1 && day <= 7;
}

/**
 * Seconds from one time of day to the next other, over midnight if need be: "22:00" to "06:00" is
 * 8 hours; equal times, like "00:00" to "24:00", are a whole day. Null if one is malformed.
 */
export function secondsBetween(startTime: string, endTime: string): number | null {
  const start = parseTimeOfDay(startTime);
  const end = parseTimeOfDay(endTime);
  if (start === null || end === null) return null;
  const seconds = (end - start + DAY_SECONDS) % DAY_SECONDS;
  return seconds === 0 ? DAY_SECONDS : seconds;
}

/** Seconds from a weekday and time to another in the week that follows; the same point is a whole week. */
export function secondsBetweenDays(
  start: { day: number; time: string },
  end: { day: number; time: string },
): number | null {
  const from = parseTimeOfDay(start.time);
  const to = parseTimeOfDay(end.time);
  if (from === null || to === null || !isWeekday(start.day) || !isWeekday(end.day)) return null;
  const seconds = ((end.day - start.day) * DAY_SECONDS + to - from + WEEK_SECONDS) % WEEK_SECONDS;
  return seconds === 0 ? WEEK_SECONDS : seconds;
}
