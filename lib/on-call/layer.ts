import type { LayerDefinition, ScheduleDefinition } from "#lib/on-call/schedule";
import type { TurnSegment } from "#lib/on-call/turns";
import type { Interval } from "#lib/time/interval";
import { restrictionWindows } from "#lib/on-call/restriction";
import { turnSegments } from "#lib/on-call/turns";
import { intersect } from "#lib/time/interval";
import { windowsIn } from "#lib/time/recurring-window";
import { timeZoneOrUtc } from "#lib/time/zone";

/** The zone in which a layer hands off. */
export function layerTimeZone(definition: ScheduleDefinition, layer: LayerDefinition): string {
  return timeZoneOrUtc(layer.rotation.timeZone ?? definition.timeZone);
}

/** The zone whose clocks a member's own hours follow. */
export function zoneOf(
  definition: ScheduleDefinition,
  zones: ReadonlyMap<string, string> | undefined,
  userId: string,
): string {
  return timeZoneOrUtc(zones?.get(userId) ?? definition.timeZone);
}

/** When which group of one layer is on call within `range`, sorted and without overlap; other layers are not looked at. */
export function layerSegments(
  definition: ScheduleDefinition,
  layer: LayerDefinition,
  range: Interval,
): TurnSegment[] {
  const active = {
    start: Math.max(range.start, layer.startsAt.getTime()),
    end: Math.min(range.end, layer.endsAt?.getTime() ?? Number.POSITIVE_INFINITY),
  };
  if (!(active.start < active.end)) return [];
  const timeZone = layerTimeZone(definition, layer);
  const windows = restrictionWindows(layer.restrictions);
  const segments = turnSegments(layer, timeZone, active);
  return windows === null ? segments : intersect(segments, windowsIn(timeZone, windows, active));
}
