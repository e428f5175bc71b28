import { addMonths, DAY, startOfDay, WEEK, weekdayOf } from "#lib/time/calendar";
import type { WallClock } from "#lib/time/calendar";
import { formatDate, instantAt, wallClockAt } from "#lib/time/wall-clock";

export const PACK_UNITS = ["week", "month", "quarter"] as const;
export type PackUnit = (typeof PACK_UNITS)[number];

/** A calendar week, month or quarter of a zone: [start, end) in epoch milliseconds. */
export type PackPeriod = { unit: PackUnit; key: string; label: string; start: number; end: number };

const MONTHS = { month: 1, quarter: 3 } as const;
const monthAndYear = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
const dayOfYear = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/**
 * The period that a key names ("2026-Q3", "2026-11", or a week by the day of its Monday, "2026-11-23"), in the zone; the last complete one
 * before `now` if the key names none of that unit.
 */
export function packPeriod(unit: PackUnit, key: string | null, timeZone: string, now: number): PackPeriod {
  const start = startOf(unit, key) ?? shift(unit, floorTo(unit, wallClockAt(timeZone, now)), -1);
  return periodAt(unit, start, timeZone);
}

/** So many periods later, or earlier if negative. */
export function neighbour(period: PackPeriod, by: number, timeZone: string): PackPeriod {
  const wall = floorTo(period.unit, wallClockAt(timeZone, period.start));
  return periodAt(period.unit, shift(period.unit, wall, by), timeZone);
}

function periodAt(unit: PackUnit, start: WallClock, timeZone: string): PackPeriod {
  return {
    unit,
    key: keyOf(unit, start),
    label: labelOf(unit, start),
    start: instantAt(timeZone, start),
    end: instantAt(timeZone, shift(unit, start, 1)),
  };
}

function shift(unit: PackUnit, start: WallClock, by: number): WallClock {
  return unit === "week" ? start + by * WEEK : addMonths(start, by * MONTHS[unit]);
}

function floorTo(unit: PackUnit, wall: WallClock): WallClock {
  const day = startOfDay(wall);
  if (unit === "week") return day - (weekdayOf(day) - 1) * DAY;
  const date = new Date(day);
  const month = unit === "quarter" ? Math.floor(date.getUTCMonth() / 3) * 3 : date.getUTCMonth();
  return Date.UTC(date.getUTCFullYear(), month, 1);
}

function startOf(unit: PackUnit, key: string | null): WallClock | null {
  const [, year, quarter] = /^(\d{4})-Q([1-4])$/.exec(key ?? "") ?? [];
  if (unit === "quarter" && year !== undefined) return Date.UTC(Number(year), (Number(quarter) - 1) * 3, 1);
  const date = Date.parse(unit === "month" ? `${key}-01T00:00:00Z` : `${key}T00:00:00Z`);
  const isKey = unit === "week" ? /^\d{4}-\d{2}-\d{2}$/ : /^\d{4}-\d{2}$/;
  return unit === "quarter" || !isKey.test(key ?? "") || Number.isNaN(date) ? null : floorTo(unit, date);
}

function keyOf(unit: PackUnit, start: WallClock): string {
  const day = formatDate(start);
  if (unit === "week") return day;
  if (unit === "month") return day.slice(0, 7);
  return `${day.slice(0, 4)}-Q${Math.floor(new Date(start).getUTCMonth() / 3) + 1}`;
}

function labelOf(unit: PackUnit, start: WallClock): string {
  if (unit === "month") return monthAndYear.format(new Date(start));
  if (unit === "week") return `Week of ${dayOfYear.format(new Date(start))}`;
  return keyOf(unit, start).replace(/^(\d+)-(Q\d)$/, "$2 $1");
}
