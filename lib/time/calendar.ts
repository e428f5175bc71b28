export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

/**
 * Wall-clock time as milliseconds counted as if the clock showed UTC. It is no instant: only a zone
 * makes it one (`instantAt`). On this line a calendar day always has 24 hours.
 */
export type WallClock = number;

export function startOfDay(wall: WallClock): WallClock {
  return Math.floor(wall / DAY) * DAY;
}

/** 1 Monday … 7 Sunday. */
export function weekdayOf(wall: WallClock): number {
  // Day 0, 1970-01-01, was a Thursday.
  return floorMod(Math.floor(wall / DAY) + 3, 7) + 1;
}

/** Months after `wall`, always from `wall` itself, on the last day of a month that is too short. */
export function addMonths(wall: WallClock, months: number): WallClock {
  const date = new Date(wall);
  const day = date.getUTCDate();
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const lastDay = new Date(first);
  lastDay.setUTCMonth(lastDay.getUTCMonth() + 1, 0);
  return first + (Math.min(day, lastDay.getUTCDate()) - 1) * DAY + (wall - startOfDay(wall));
}

/** Calendar months from the month of `from` to the month of `to`. */
export function monthsBetween(from: WallClock, to: WallClock): number {
  const a = new Date(from);
  const b = new Date(to);
  return (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
}

/** The remainder that has the sign of the divisor. */
export function floorMod(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
