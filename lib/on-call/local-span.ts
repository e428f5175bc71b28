import type { CoverSpan } from "#lib/on-call/cover";
import { formatWallClock, wallClockAt } from "#lib/time/wall-clock";
import { timeZoneOrUtc } from "#lib/time/zone";

/** A span on the clocks of a zone, to the minute: "2026-11-25T09:00". */
export function localSpan(
  { startsAt, endsAt }: CoverSpan,
  timeZone: string,
): { fromLocal: string; untilLocal: string } {
  const local = (at: Date) =>
    formatWallClock(wallClockAt(timeZoneOrUtc(timeZone), at.getTime())).slice(0, 16);
  return { fromLocal: local(startsAt), untilLocal: local(endsAt) };
}
