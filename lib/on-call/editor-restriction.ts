import type { LayerRestriction } from "#lib/on-call/schedule";
import { floorMod, SECOND } from "#lib/time/calendar";
import { formatTimeOfDay, parseTimeOfDay } from "#lib/time/wall-clock";

/** The end of a restriction as the editor shows it; `day` (1 Monday … 7 Sunday) is null for daily ones. */
export type RestrictionEnd = { day: number | null; time: string };

const DAY_SECONDS = 86_400;

export function restrictionEnd(restriction: LayerRestriction): RestrictionEnd {
  const end = (parseTimeOfDay(restriction.startTime) ?? 0) + restriction.durationSeconds;
  const time = formatTimeOfDay((end % DAY_SECONDS) * SECOND).slice(0, 5);
  if (restriction.type === "daily") return { day: null, time };
  return { day: floorMod(restriction.startDay - 1 + Math.floor(end / DAY_SECONDS), 7) + 1, time };
}

/**
 * The restriction that ends at another weekday and time: over midnight and over the end of the week if need be. An end equal to
 * the start is a whole day, or a whole week. While a time is being written the restriction stays what it was.
 */
export function withRestrictionEnd(restriction: LayerRestriction, end: RestrictionEnd): LayerRestriction {
  const start = parseTimeOfDay(restriction.startTime);
  const until = parseTimeOfDay(end.time);
  if (start === null || until === null) return restriction;
  if (restriction.type === "daily") {
    const seconds = floorMod(until - start, DAY_SECONDS);
    return { ...restriction, durationSeconds: seconds === 0 ? DAY_SECONDS : seconds };
  }
  const days = (end.day ?? restriction.startDay) - restriction.startDay;
  const seconds = floorMod(days * DAY_SECONDS + until - start, 7 * DAY_SECONDS);
  return { ...restriction, durationSeconds: seconds === 0 ? 7 * DAY_SECONDS : seconds };
}

/** Monday to Friday, 09:00 to 17:00: where weekly hours begin. */
export function workWeek(): LayerRestriction[] {
  return [1, 2, 3, 4, 5].map((startDay) => ({
    type: "weekly",
    startDay,
    startTime: "09:00",
    durationSeconds: 8 * 3600,
  }));
}
