import type { SupportHours } from "#lib/services/service";
import { DAY } from "#lib/time/calendar";
import type { Interval } from "#lib/time/interval";
import { windowsIn } from "#lib/time/recurring-window";
import type { RecurringWindow } from "#lib/time/recurring-window";
import { parseTimeOfDay } from "#lib/time/wall-clock";
import { parseTimeZone } from "#lib/time/zone";

export const SUPPORT_HOURS_BOUNDARIES = ["support_hours_start", "support_hours_end"] as const;
export type SupportHoursBoundary = (typeof SUPPORT_HOURS_BOUNDARIES)[number];

const SECONDS_PER_DAY = 86_400;
/** Longer than a week even where a zone skips a date. */
const HORIZON = 10 * DAY;

/** Whether `at` lies in the support hours, start included and end not; null when the hours can't be read. */
export function isInSupportHours(hours: SupportHours, at: Date): boolean | null {
  const windows = windowsOf(hours);
  if (windows === null) return null;
  const start = at.getTime();
  return windowsIn(hours.timeZone, windows, { start, end: start + 1 }).length > 0;
}

/** The support hours within `range`, sorted and apart; null when they can't be read. */
export function supportHoursIn(hours: SupportHours, range: Interval): Interval[] | null {
  const windows = windowsOf(hours);
  return windows === null ? null : windowsIn(hours.timeZone, windows, range);
}

/**
 * The next instant after `at` at which support hours begin or end, null when there is none within a week. Hours that follow
 * each other without a gap are one stretch.
 */
export function nextSupportHoursBoundary(
  hours: SupportHours,
  boundary: SupportHoursBoundary,
  at: Date,
): Date | null {
  const range = { start: at.getTime(), end: at.getTime() + HORIZON };
  const stretches = windowsIn(hours.timeZone, windowsOf(hours) ?? [], range);
  const instants = stretches.map(({ start, end }) => (boundary === "support_hours_start" ? start : end));
  const next = instants.find((instant) => instant > range.start && instant < range.end);
  return next === undefined ? null : new Date(next);
}

/** An end at or before the start is on the next day; the days are those on which a window begins. */
function windowsOf(hours: SupportHours): RecurringWindow[] | null {
  const start = parseTimeOfDay(hours.startTime);
  const end = parseTimeOfDay(hours.endTime);
  if (start === null || end === null || parseTimeZone(hours.timeZone).kind === "unknown") return null;
  const seconds = end > start ? end - start : end - start + SECONDS_PER_DAY;
  return hours.daysOfWeek.map((weekday) => ({ weekday, startSecond: start, seconds }));
}
