import type { Override } from "#lib/on-call/schedule";
import { HOUR } from "#lib/time/calendar";
import { instantAt, parseWallClock } from "#lib/time/wall-clock";

export type OverrideRefusal = "ends-before-start" | "over-already" | "person-not-available";

export type PlacedOverride =
  | { kind: "placed"; startsAt: Date; endsAt: Date }
  | { kind: "refused"; because: OverrideRefusal };

/** Whether an override may be added; one that began in the past starts now, since history does not change. */
export function placeOverride(
  asked: Pick<Override, "userId" | "startsAt" | "endsAt">,
  now: Date,
  activeUserIds?: ReadonlySet<string>,
): PlacedOverride {
  if (!(asked.startsAt < asked.endsAt)) return { kind: "refused", because: "ends-before-start" };
  if (asked.endsAt <= now) return { kind: "refused", because: "over-already" };
  if (activeUserIds && !activeUserIds.has(asked.userId)) {
    return { kind: "refused", because: "person-not-available" };
  }
  return { kind: "placed", startsAt: asked.startsAt < now ? now : asked.startsAt, endsAt: asked.endsAt };
}

/** What deleting an override does: a future one goes, a running one ends now, a finished one is history and stays. */
export function endOverride(
  override: Pick<Override, "startsAt" | "endsAt">,
  now: Date,
): { kind: "removed" } | { kind: "shortened"; endsAt: Date } | { kind: "kept" } {
  if (override.endsAt <= now) return { kind: "kept" };
  return override.startsAt >= now ? { kind: "removed" } : { kind: "shortened", endsAt: now };
}

/** After so many elapsed hours, whatever the clocks do. */
export function endAfterHours(startsAt: Date, hours: number): Date {
  return new Date(startsAt.getTime() + hours * HOUR);
}

/** When the clocks of the zone show "2026-03-08T12:00"; null if that is no date and time. Throws for an unknown zone. */
export function endAtWallClock(until: string, timeZone: string): Date | null {
  const wall = parseWallClock(until);
  return wall === null ? null : new Date(instantAt(timeZone, wall));
}
