import type {
  LayerDefinition,
  OnCallEntry,
  ScheduleDefinition,
  ScheduleFacts,
  ShiftSource,
} from "#lib/on-call/schedule";
import { layerTimeZone, zoneOf } from "#lib/on-call/layer";
import { overridesInForce } from "#lib/on-call/override";
import { restrictionWindows } from "#lib/on-call/restriction";
import { groupAt } from "#lib/on-call/turns";
import { isInWindow } from "#lib/time/recurring-window";

type Entry = OnCallEntry & { rank: number };

/**
 * Who is on call at an epoch instant, the decisive source first: what drawing the millisecond would say, asked of each layer
 * directly. The cost does not depend on how long ago a layer began.
 */
export function entriesAt(facts: ScheduleFacts, instant: number): OnCallEntry[] {
  const definition = definitionAt(facts, instant);
  const scheduled = definition ? scheduledAt(facts, definition, instant) : [];
  const decisive = new Map<string, Entry>();
  for (const entry of withOverrides(facts, scheduled, instant)) {
    const known = decisive.get(entry.userId);
    if (!known) decisive.set(entry.userId, entry);
    else if (entry.rank < known.rank) Object.assign(known, entry);
  }
  return [...decisive.values()]
    .sort((a, b) => a.rank - b.rank)
    .map(({ userId, source }) => ({ userId, source }));
}

function definitionAt(facts: ScheduleFacts, instant: number): ScheduleDefinition | null {
  let current: ScheduleFacts["versions"][number] | null = null;
  for (const version of facts.versions) {
    const from = version.effectiveFrom.getTime();
    if (from <= instant && from >= (current?.effectiveFrom.getTime() ?? Number.NEGATIVE_INFINITY)) {
      current = version;
    }
  }
  const end = current?.effectiveTo?.getTime() ?? Number.POSITIVE_INFINITY;
  return current !== null && instant < end ? current.definition : null;
}

function scheduledAt(facts: ScheduleFacts, definition: ScheduleDefinition, instant: number): Entry[] {
  const entries: Entry[] = [];
  const top = definition.layers.length - 1;
  for (let rank = 0; rank <= top; rank += 1) {
    const layer = definition.layers[top - rank];
    if (!layer) continue;
    const people = peopleAt(facts, definition, layer, instant);
    const source: ShiftSource = { kind: "layer", layerId: layer.id, layerName: layer.name };
    for (const userId of people) entries.push({ userId, source, rank });
    if (people.length > 0 && !layer.together) break;
  }
  return entries;
}

function peopleAt(
  { activeUserIds, zones }: ScheduleFacts,
  definition: ScheduleDefinition,
  layer: LayerDefinition,
  instant: number,
): string[] {
  if (layer.startsAt.getTime() > instant || (layer.endsAt !== null && layer.endsAt.getTime() <= instant)) {
    return [];
  }
  const timeZone = layerTimeZone(definition, layer);
  const windows = restrictionWindows(layer.restrictions);
  if (windows !== null && !isInWindow(timeZone, windows, instant)) return [];
  const group = groupAt(layer, timeZone, instant);
  const people = (group === null ? [] : (layer.turns[group] ?? [])).filter(
    (userId, index, all) => all.indexOf(userId) === index && (!activeUserIds || activeUserIds.has(userId)),
  );
  const hours = people.length === 0 ? null : restrictionWindows(layer.ownHours ?? []);
  if (hours === null) return people;
  return people.filter((userId) => isInWindow(zoneOf(definition, zones, userId), hours, instant));
}

/** As drawing has it: each scheduled person, or the empty slot, goes to the first override that fits. */
function withOverrides(facts: ScheduleFacts, scheduled: readonly Entry[], instant: number): Entry[] {
  if (facts.overrides.length === 0) return [...scheduled];
  const overrides = overridesInForce(facts, { start: instant, end: instant + 1 });
  const taker = (userId: string | null): Entry | null => {
    const index = overrides.findIndex((it) => !it.replacesUserId || it.replacesUserId === userId);
    const override = overrides[index];
    if (!override) return null;
    const source: ShiftSource = { kind: "override", overrideId: override.id };
    return { userId: override.userId, source, rank: index - overrides.length };
  };
  if (scheduled.length > 0) return scheduled.map((entry) => taker(entry.userId) ?? entry);
  const filler = taker(null);
  return filler ? [filler] : [];
}
