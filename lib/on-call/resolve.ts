import type {
  LayerDefinition,
  OnCallEntry,
  ScheduleDefinition,
  ScheduleFacts,
  ScheduleWindow,
  Shift,
} from "#lib/on-call/schedule";
import type { Slot } from "#lib/on-call/slot";
import type { Interval } from "#lib/time/interval";
import { entriesAt } from "#lib/on-call/instant";
import { layerSegments, zoneOf } from "#lib/on-call/layer";
import { applyOverrides, overridesInForce } from "#lib/on-call/override";
import { restrictionWindows } from "#lib/on-call/restriction";
import { joinSlots, oncePerPerson } from "#lib/on-call/slot";
import { intersect, subtract, union } from "#lib/time/interval";
import { windowsIn } from "#lib/time/recurring-window";

/**
 * Who is on call when, within the window: sorted by start, clipped to the window, one shift per person.
 * A person is never twice on call at one instant, and what touches with the same source is one shift.
 * The answer for an instant does not depend on the window it is asked in.
 */
export function resolveSchedule(facts: ScheduleFacts, window: ScheduleWindow): Shift[] {
  return resolveSlots(facts, { start: window.start.getTime(), end: window.end.getTime() }).map(toShift);
}

/** Who is on call at an instant, the decisive source first; empty if nobody is. Agrees with `resolveSchedule`. */
export function whoIsOnCall(facts: ScheduleFacts, at: Date): OnCallEntry[] {
  return entriesAt(facts, at.getTime());
}

/** As `resolveSchedule`, on epoch milliseconds. */
export function resolveSlots(facts: ScheduleFacts, range: Interval): Slot[] {
  return joinSlots(oncePerPerson(assignedSlots(facts, range)));
}

/** What layers and overrides give to whom, before a person who got several slots at once is left one. */
export function assignedSlots(facts: ScheduleFacts, range: Interval): Slot[] {
  if (!(range.start < range.end) || !Number.isFinite(range.end - range.start)) return [];
  const scheduled = versionsIn(facts, range).flatMap(({ definition, start, end }) =>
    definitionSlots(definition, { start, end }, facts),
  );
  return applyOverrides(scheduled, overridesInForce(facts, range), range);
}

export function toShift({ start, end, userId, source }: Slot): Shift {
  return { start: new Date(start), end: new Date(end), userId, source };
}

/** Which definition was in force when; should versions overlap, the later one takes over where it begins. */
export function versionsIn(
  facts: ScheduleFacts,
  range: Interval,
): (Interval & { definition: ScheduleDefinition })[] {
  const sorted = [...facts.versions].sort((a, b) => a.effectiveFrom.getTime() - b.effectiveFrom.getTime());
  const spans = sorted.map((version, index) => ({
    definition: version.definition,
    start: version.effectiveFrom.getTime(),
    end: Math.min(
      version.effectiveTo?.getTime() ?? Number.POSITIVE_INFINITY,
      sorted[index + 1]?.effectiveFrom.getTime() ?? Number.POSITIVE_INFINITY,
    ),
  }));
  return intersect(spans, [range]);
}

/** What the layers alone say: from the top, each layer takes what no layer above it has taken for itself. */
function definitionSlots(definition: ScheduleDefinition, range: Interval, people: People): Slot[] {
  let open: Interval[] = [range];
  return definition.layers.toReversed().flatMap((layer, rank) => {
    if (open.length === 0) return [];
    const slots = layerSlots(definition, layer, range, people).map((slot) => ({ ...slot, rank }));
    const visible = intersect(slots, open);
    // Only somebody valid hides the layers below.
    if (!layer.together) open = subtract(open, union(slots));
    return visible;
  });
}

type People = Pick<ScheduleFacts, "activeUserIds" | "zones">;

/** The valid people of one layer in `range`, as if it were alone, sorted by start. */
function layerSlots(
  definition: ScheduleDefinition,
  layer: LayerDefinition,
  range: Interval,
  { activeUserIds, zones }: People,
): Slot[] {
  const groups = layer.turns.map((group) =>
    [...new Set(group)].filter((userId) => !activeUserIds || activeUserIds.has(userId)),
  );
  const source = { kind: "layer" as const, layerId: layer.id, layerName: layer.name };
  const slots = layerSegments(definition, layer, range).flatMap(({ start, end, group }) =>
    (groups[group] ?? []).map((userId) => ({
      start,
      end,
      userId,
      source,
      rank: 0,
      scheduledUserId: userId,
    })),
  );
  const hours = restrictionWindows(layer.ownHours ?? []);
  if (hours === null) return slots;
  return [...Map.groupBy(slots, ({ userId }) => userId)]
    .flatMap(([userId, own]) => intersect(own, windowsIn(zoneOf(definition, zones, userId), hours, range)))
    .sort((a, b) => a.start - b.start);
}
