import type { LayerDefinition, ScheduleDefinition, ScheduleVersion } from "#lib/on-call/schedule";
import { turnsOf } from "#lib/on-call/turns";
import { floorMod } from "#lib/time/calendar";

/** Puts a new definition in force: what was in force before `now` stays so; a version not yet begun is replaced. */
export function publishDefinition(
  versions: readonly ScheduleVersion[],
  definition: ScheduleDefinition,
  now: Date,
): ScheduleVersion[] {
  const last = versions.at(-1);
  const earlier = versions.slice(0, -1);
  if (!last) return [{ definition, effectiveFrom: now, effectiveTo: null }];
  if (last.effectiveFrom >= now) return [...earlier, { ...last, definition }];
  const closed = last.effectiveTo && last.effectiveTo < now ? last : { ...last, effectiveTo: now };
  return [...earlier, closed, { definition, effectiveFrom: now, effectiveTo: null }];
}

/** Takes a layer out from `now` on: one that has begun ends, one that has not disappears. */
export function removeLayer(definition: ScheduleDefinition, layerId: string, now: Date): ScheduleDefinition {
  const layers = definition.layers.flatMap((layer) => {
    if (layer.id !== layerId) return [layer];
    if (layer.startsAt >= now) return [];
    return [layer.endsAt && layer.endsAt <= now ? layer : { ...layer, endsAt: now }];
  });
  return { ...definition, layers };
}

/** Takes a layer out of history too; neighbouring versions that then say the same become one. */
export function eraseLayer(versions: readonly ScheduleVersion[], layerId: string): ScheduleVersion[] {
  const joined: ScheduleVersion[] = [];
  for (const version of versions) {
    const layers = version.definition.layers.filter((layer) => layer.id !== layerId);
    const definition = { ...version.definition, layers };
    const last = joined.at(-1);
    if (last && isContinuedBy(last, version) && isSameDefinition(last.definition, definition)) {
      last.effectiveTo = version.effectiveTo;
    } else {
      joined.push({ ...version, definition });
    }
  }
  return joined;
}

function isContinuedBy(version: ScheduleVersion, next: ScheduleVersion): boolean {
  return version.effectiveTo?.getTime() === next.effectiveFrom.getTime();
}

function isSameDefinition(a: ScheduleDefinition, b: ScheduleDefinition): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * The edited layer with its first group moved so that whoever has the turn at `at` keeps it. If they were
 * taken out, the turn goes to the next of the former order who is still in.
 */
export function continueRotation(
  previous: LayerDefinition,
  edited: LayerDefinition,
  at: Date,
  timeZone: string,
): LayerDefinition {
  const unmoved = { ...edited, rotation: { ...edited.rotation, firstGroup: 0 } };
  const former = turnsOf(previous, previous.rotation.timeZone ?? timeZone);
  const turns = turnsOf(unmoved, edited.rotation.timeZone ?? timeZone);
  if (!former || !turns) return edited;
  const current = former.groupOf(former.stepAt(at.getTime()));
  const order = previous.turns.map((_, offset) => floorMod(current + offset, previous.turns.length));
  const target = order
    .map((index) => positionOf(previous.turns[index] ?? [], index, edited.turns))
    .find((position) => position !== null);
  if (target === undefined || target === null) return edited;
  const firstGroup = floorMod(target - turns.groupOf(turns.stepAt(at.getTime())), edited.turns.length);
  return { ...edited, rotation: { ...edited.rotation, firstGroup } };
}

/** Where a group is now: unmoved, else as the same people, else as any of them; null if all are gone. */
function positionOf(group: readonly string[], index: number, turns: readonly string[][]): number | null {
  const isSame = (other: readonly string[] | undefined) =>
    other?.length === group.length && other.every((userId) => group.includes(userId));
  if (isSame(turns[index])) return index;
  const same = turns.findIndex(isSame);
  if (same !== -1) return same;
  const some = turns.findIndex((other) => other.some((userId) => group.includes(userId)));
  return some === -1 ? null : some;
}
