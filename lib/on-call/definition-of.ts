import { continueRotation } from "#lib/on-call/revise";
import type {
  LayerDefinition,
  LayerRestriction,
  LayerRotation,
  ScheduleDefinition,
} from "#lib/on-call/schedule";

/** A schedule as its editor holds it: without ids for what is new and without a start for what begins now. */
export type DraftLayer = {
  id?: string | undefined;
  name: string;
  startsAt?: Date | undefined;
  endsAt: Date | null;
  rotation: OptionalUndefined<LayerRotation>;
  turns: string[][];
  restrictions: LayerRestriction[];
  ownHours?: LayerRestriction[] | undefined;
  together: boolean;
  restartsRotation: boolean;
};

type OptionalUndefined<T> = { [K in keyof T]: undefined extends T[K] ? T[K] | undefined : T[K] };

export type Draft = {
  timeZone: string;
  layers: DraftLayer[];
  /** Left out: what there was before. */
  offDuty?: LayerRestriction[] | undefined;
};

/**
 * The definition that a draft would put in force at `at`. A layer that continues one of `previous` keeps its id, and whoever
 * has the turn keeps it, unless the draft restarts the rotation; every other layer gets its id from `nextId`.
 */
export function definitionOf(
  draft: Draft,
  previous: ScheduleDefinition | null,
  at: Date,
  nextId: () => string,
): ScheduleDefinition {
  const layers = draft.layers.map((layer) => {
    const former = previous?.layers.find(({ id }) => id === layer.id);
    const definition = toLayer(layer, former?.id ?? nextId(), former?.startsAt ?? at);
    // Who is on call there is the calendar's to say, not the draft's.
    if (former?.calendarId !== undefined) return { ...definition, ...calendarOf(former) };
    const hasBegun = former !== undefined && former.startsAt <= at;
    if (!hasBegun || layer.restartsRotation || isSameRotation(former, definition)) return definition;
    return withoutNoise(continueRotation(former, definition, at, draft.timeZone));
  });
  const offDuty = draft.offDuty ?? previous?.offDuty ?? [];
  return { timeZone: draft.timeZone, layers, ...(offDuty.length > 0 && { offDuty }) };
}

function calendarOf({ calendarId, rotation, turns, segments }: LayerDefinition) {
  return { rotation, turns, ...(calendarId && { calendarId }), ...(segments && { segments }) };
}

function toLayer(layer: DraftLayer, id: string, startsAt: Date): LayerDefinition {
  const { name, endsAt, turns, restrictions, ownHours = [], together } = layer;
  const { virtualStart, unit, length, advance, shiftSeconds, firstGroup, timeZone } = layer.rotation;
  return withoutNoise({
    id,
    name,
    startsAt: layer.startsAt ?? startsAt,
    endsAt,
    rotation: {
      virtualStart,
      unit,
      length,
      advance,
      ...(shiftSeconds === undefined ? {} : { shiftSeconds }),
      ...(firstGroup === undefined ? {} : { firstGroup }),
      ...(timeZone === undefined ? {} : { timeZone }),
    },
    turns,
    restrictions,
    ...(ownHours.length > 0 && { ownHours }),
    together,
  });
}

/** The first group is left out where it is the first: the same rotation is always written the same way. */
function withoutNoise(layer: LayerDefinition): LayerDefinition {
  const { firstGroup, ...rotation } = layer.rotation;
  return { ...layer, rotation: firstGroup ? { ...rotation, firstGroup } : rotation };
}

function isSameRotation(a: LayerDefinition, b: LayerDefinition): boolean {
  return JSON.stringify(rotationKey(a)) === JSON.stringify(rotationKey(b));
}

function rotationKey({ rotation, turns }: LayerDefinition): unknown[] {
  const {
    virtualStart,
    unit,
    length,
    advance,
    shiftSeconds = null,
    firstGroup = 0,
    timeZone = null,
  } = rotation;
  return [virtualStart, unit, length, advance, shiftSeconds, firstGroup, timeZone, turns];
}
