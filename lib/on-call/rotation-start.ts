import type { LayerRotation } from "#lib/on-call/schedule";
import { turnLengthSeconds } from "#lib/on-call/turn-length";
import { SECOND } from "#lib/time/calendar";
import { formatWallClock, instantAt, parseWallClock, wallClockAt } from "#lib/time/wall-clock";

/**
 * The instant at which the first group's turn begins, as PagerDuty states rotations: the rotation's start, less the turns by which
 * its first group was moved. Months count as 30 days then.
 */
export function rotationStart(rotation: LayerRotation, scheduleZone: string): Date {
  const zone = rotation.timeZone ?? scheduleZone;
  const wall = parseWallClock(rotation.virtualStart) ?? 0;
  const moved = (rotation.firstGroup ?? 0) * turnLengthSeconds(rotation) * SECOND;
  return new Date(instantAt(zone, wall - moved));
}

/** The wall clock of the zone at an instant, as a rotation keeps it. */
export function rotationWallClock(timeZone: string, at: Date): string {
  return formatWallClock(wallClockAt(timeZone, at.getTime()));
}
