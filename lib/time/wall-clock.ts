import type { WallClock } from "#lib/time/calendar";
import { DAY, SECOND } from "#lib/time/calendar";
import { offsetAt, offsetSpanAt } from "#lib/time/zone";

/** What the clocks of the zone show at an epoch instant. */
export function wallClockAt(timeZone: string, instant: number): WallClock {
  return instant + offsetAt(timeZone, instant);
}

/**
 * The epoch instant at which the clocks of the zone show `wall`, disambiguated like Temporal's
 * `compatible`: a skipped time moves forward by the gap, a repeated one is its first occurrence.
 */
export function instantAt(timeZone: string, wall: WallClock): number {
  const before = offsetAt(timeZone, wall - DAY);
  const after = offsetAt(timeZone, wall + DAY);
  if (before === after) return wall - before;
  // The larger offset gives the earlier instant.
  const earlier = wall - Math.max(before, after);
  if (wallClockAt(timeZone, earlier) === wall) return earlier;
  const later = wall - Math.min(before, after);
  if (wallClockAt(timeZone, later) === wall) return later;
  return wall - before;
}

// Offsets differ by a day at most, and `instantAt` looks a day to either side.
const CALM = 3 * DAY;

/**
 * What the clocks show at an instant around which they run on evenly, three days to either side: a wall-clock time has then come if
 * and only if it is not after this one, so that nothing has to be turned into instants. Null near a clock change.
 */
export function calmWallClockAt(timeZone: string, instant: number): WallClock | null {
  const { from, to, offset } = offsetSpanAt(timeZone, instant);
  return from <= instant - CALM && instant + CALM < to ? instant + offset : null;
}

/** "09:00" or "09:00:30" in seconds from midnight, "24:00" included; null if it is no time of day. */
export function parseTimeOfDay(text: string): number | null {
  const match = /^(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (!match) return null;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (minute > 59 || second > 59) return null;
  const seconds = hour * 3600 + minute * 60 + second;
  return seconds <= 86_400 ? seconds : null;
}

/** "2026-03-08", "2026-03-08T09:00" or with seconds; null if there is no such date or time. */
export function parseWallClock(text: string): WallClock | null {
  const match = /^([12]\d{3}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?))?$/.exec(text);
  if (!match?.[1]) return null;
  const day = Date.parse(`${match[1]}T00:00:00Z`);
  const seconds = match[2] === undefined ? 0 : parseTimeOfDay(match[2]);
  if (Number.isNaN(day) || seconds === null || seconds === 86_400) return null;
  // Date.parse reads February 30 as March 2.
  return formatDate(day) === match[1] ? day + seconds * SECOND : null;
}

/** "2026-03-08". */
export function formatDate(wall: WallClock): string {
  return new Date(wall).toISOString().slice(0, 10);
}

/** "09:00", or "09:00:30" where there are seconds. */
export function formatTimeOfDay(wall: WallClock): string {
  const time = new Date(wall).toISOString().slice(11, 19);
  return time.endsWith(":00") ? time.slice(0, 5) : time;
}

/** "2026-03-08T09:00", the inverse of `parseWallClock`. */
export function formatWallClock(wall: WallClock): string {
  return `${formatDate(wall)}T${formatTimeOfDay(wall)}`;
}
