import type { WallClock } from "#lib/time/calendar";
import { addMonths, DAY, MINUTE, startOfDay, WEEK, weekdayOf } from "#lib/time/calendar";
import { formatDate, instantAt, parseWallClock, wallClockAt } from "#lib/time/wall-clock";

export const PERIOD_UNITS = ["week", "month"] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];

/** The ranges offered: so many weeks, the last of them the one that is running. */
export const RANGES = ["4w", "13w", "26w", "52w"] as const;
export type RangeName = (typeof RANGES)[number];
export const DEFAULT_RANGE: RangeName = "13w";

/** [start, end) in epoch milliseconds. */
export type Range = { start: number; end: number };

/** A week or month, clipped to the range; incomplete if it is cut short or has not ended. */
export type ReportPeriod = Range & { day: string; incomplete: boolean };

const MOST_WEEKS = 60;
const LONGEST_MONTHS = 72;

type RangeInput = { range: RangeName | null; from: string | null; to: string | null };

/**
 * The range that is meant, in the viewer's zone. Dates count as whole days, instants as they are; without `from` the named range
 * before `to` is taken; without `to` it runs until the end of today. At most six years.
 */
export function rangeOf({ range, from, to }: RangeInput, timeZone: string, now: number): Range {
  const tomorrow = startOfDay(wallClockAt(timeZone, now)) + DAY;
  const end = boundary(to, timeZone, DAY) ?? instantAt(timeZone, tomorrow);
  const last = wallClockAt(timeZone, Math.min(end, instantAt(timeZone, tomorrow)) - 1);
  const start = boundary(from, timeZone, 0) ?? instantAt(timeZone, startOf(range ?? DEFAULT_RANGE, last));
  const earliest = instantAt(timeZone, addMonths(wallClockAt(timeZone, end), -LONGEST_MONTHS));
  return { start: Math.max(earliest, Math.min(start, end - MINUTE)), end };
}

/** Weeks for up to so many of them, sixty if not said, then months. */
export function unitOf({ start, end }: Range, mostWeeks = MOST_WEEKS): PeriodUnit {
  return end - start <= mostWeeks * WEEK ? "week" : "month";
}

/** The range cut at the days, weeks (Monday) or months of the zone, oldest first. */
export function periodsOf(
  range: Range,
  unit: PeriodUnit | "day",
  timeZone: string,
  now: number,
): ReportPeriod[] {
  const periods: ReportPeriod[] = [];
  let wall = floorTo(unit, wallClockAt(timeZone, range.start));
  for (;;) {
    const next = unit === "month" ? addMonths(wall, 1) : wall + (unit === "week" ? WEEK : DAY);
    const [start, end] = [instantAt(timeZone, wall), instantAt(timeZone, next)];
    if (start >= range.end) return periods;
    periods.push({
      start: Math.max(start, range.start),
      end: Math.min(end, range.end),
      day: formatDate(wall),
      incomplete: start < range.start || end > range.end || end > now,
    });
    wall = next;
  }
}

/** For each instant the place of the period it is in; of one before all of them -1, of one after all of them the last. */
export function periodPlaces(instants: Float64Array, periods: readonly Range[]): Int32Array {
  const starts = Float64Array.from(periods, ({ start }) => start);
  const places = new Int32Array(instants.length);
  let place = -1;
  for (let index = 0; index < instants.length; index += 1) {
    const instant = instants[index] ?? 0;
    // They mostly come in order.
    const isNear = instant >= (starts[place] ?? Number.NEGATIVE_INFINITY);
    if (!(isNear && instant < (starts[place + 1] ?? Number.POSITIVE_INFINITY)))
      place = search(starts, instant);
    places[index] = place;
  }
  return places;
}

/** The place of the last start that is not after the instant. */
function search(starts: Float64Array, instant: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (instant < (starts[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}

/** The instant that a filter's text means: itself, or the beginning of a day of the zone plus `wholeDay`; null without a text. */
export function boundary(text: string | null, timeZone: string, wholeDay: number): number | null {
  if (text === null) return null;
  if (text.includes("T")) return Date.parse(text);
  const wall = parseWallClock(text);
  return wall === null ? null : instantAt(timeZone, wall + wholeDay);
}

function startOf(range: RangeName, last: WallClock): WallClock {
  return floorTo("week", last) - (Number.parseInt(range, 10) - 1) * WEEK;
}

function floorTo(unit: PeriodUnit | "day", wall: WallClock): WallClock {
  const day = startOfDay(wall);
  if (unit === "day") return day;
  return unit === "week" ? day - (weekdayOf(day) - 1) * DAY : day - (new Date(day).getUTCDate() - 1) * DAY;
}
