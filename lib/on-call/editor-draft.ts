import type { LayerRestriction, LayerRotation, RotationUnit } from "#lib/on-call/schedule";
import { DAY, startOfDay, weekdayOf } from "#lib/time/calendar";
import { formatDate, formatTimeOfDay, parseWallClock } from "#lib/time/wall-clock";

/** A turn as the editor moves it around: one person, or several who are on call together. */
export type DraftTurn = { key: string; userIds: string[] };

export type EditorLayer = {
  key: string;
  /** The published layer that it continues; null: a new one. */
  id: string | null;
  name: string;
  turns: DraftTurn[];
  rotation: LayerRotation;
  restrictions: LayerRestriction[];
  /** Hours on each member's own clocks. */
  ownHours: LayerRestriction[];
  /** Set: an imported calendar says who is on call, and there are no turns. */
  calendarId: string | null;
  /** ISO 8601; null: from when it is published on. */
  startsAt: string | null;
  endsAt: string | null;
  together: boolean;
};

/** A whole schedule in the editor; layers from the lowest to the highest. */
export type EditorDraft = {
  name: string;
  description: string;
  timeZone: string;
  teamId: string | null;
  layers: EditorLayer[];
  /** Times that are declared to need nobody. */
  offDuty: LayerRestriction[];
};

type Published = {
  name: string;
  description: string | null;
  timeZone: string;
  team: { id: string } | null;
  layers: readonly {
    id: string;
    name: string;
    startsAt: string;
    endsAt: string | null;
    rotation: LayerRotation;
    turns: readonly (readonly string[])[];
    restrictions: readonly LayerRestriction[];
    ownHours: readonly LayerRestriction[];
    calendarId: string | null;
    together: boolean;
  }[];
  offDuty: readonly LayerRestriction[];
};

/** What is in force, to be edited. */
export function draftOf({ name, description, timeZone, team, layers, offDuty }: Published): EditorDraft {
  return {
    name,
    description: description ?? "",
    timeZone,
    teamId: team?.id ?? null,
    offDuty: [...offDuty],
    layers: layers.map(({ turns, restrictions, ownHours, ...layer }) => ({
      ...layer,
      key: layer.id,
      turns: turns.map((userIds, index) => ({ key: `${layer.id} ${index}`, userIds: [...userIds] })),
      restrictions: [...restrictions],
      ownHours: [...ownHours],
    })),
  };
}

/** The draft as it is published. Turns without anybody are left out. */
export function documentOf({ layers, ...settings }: EditorDraft) {
  return {
    ...settings,
    layers: layers.map(({ id, key: _key, startsAt, turns, ...layer }) => ({
      ...layer,
      ...(id === null ? {} : { id }),
      ...(startsAt === null ? {} : { startsAt }),
      turns: turns.map(({ userIds }) => userIds).filter((userIds) => userIds.length > 0),
    })),
  };
}

/** As `documentOf`, with names for what has none yet, so that it can be drawn while it is being written. */
export function drawableDocument(draft: EditorDraft) {
  const document = documentOf(draft);
  return {
    ...document,
    name: document.name.trim() || "New schedule",
    layers: document.layers.map((layer) => ({ ...layer, name: layer.name.trim() || "New layer" })),
  };
}

/** What the draft changes, one phrase each: "Layer Weekly: people, hand-off". */
export function changesBetween(base: EditorDraft, draft: EditorDraft): string[] {
  const settings = (["name", "description", "timeZone", "teamId"] as const)
    .filter((field) => base[field] !== draft[field])
    .map((field) => SETTINGS[field]);
  const added = draft.layers.filter(({ key }) => !base.layers.some((layer) => layer.key === key));
  const removed = base.layers.filter(({ key }) => !draft.layers.some((layer) => layer.key === key));
  const kept = (layers: readonly EditorLayer[]) =>
    layers.map(({ key }) => key).filter((key) => ![...added, ...removed].some((layer) => layer.key === key));
  const changed = draft.layers.flatMap((layer) => {
    const former = base.layers.find(({ key }) => key === layer.key);
    const fields = former ? layerChanges(former, layer) : [];
    return fields.length === 0 ? [] : [`Layer ${former?.name ?? layer.name}: ${fields.join(", ")}`];
  });
  return [
    ...settings,
    ...added.map(({ name }) => `Layer ${name} added`),
    ...removed.map(({ name }) => `Layer ${name} ends`),
    ...changed,
    ...(isSame(base.offDuty, draft.offDuty) ? [] : ["Off-duty times"]),
    ...(isSame(kept(base.layers), kept(draft.layers)) ? [] : ["Order of layers"]),
  ];
}

const SETTINGS = { name: "Name", description: "Description", timeZone: "Time zone", teamId: "Team" } as const;

function layerChanges(former: EditorLayer, layer: EditorLayer): string[] {
  const { virtualStart, unit, length, timeZone, ...rest } = layer.rotation;
  const before = former.rotation;
  const facts: [string, unknown, unknown][] = [
    ["name", former.name, layer.name],
    ["people", peopleOf(former), peopleOf(layer)],
    ["hand-off", [before.virtualStart, before.timeZone ?? null], [virtualStart, timeZone ?? null]],
    ["length of turns", [before.unit, before.length], [unit, length]],
    ["counting of turns", before.advance, rest.advance],
    ["hours", former.restrictions, layer.restrictions],
    ["hours of each member", former.ownHours, layer.ownHours],
    ["start", former.startsAt, layer.startsAt],
    ["end", former.endsAt, layer.endsAt],
    ["beside or over the layers below", former.together, layer.together],
  ];
  return facts.filter(([, a, b]) => !isSame(a, b)).map(([name]) => name);
}

function peopleOf({ turns }: EditorLayer): string[][] {
  return turns.map(({ userIds }) => userIds).filter((userIds) => userIds.length > 0);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The list with the item at `index` one place nearer to the beginning (-1) or the end (1); itself if there is no such place. */
export function moved<T>(list: readonly T[], index: number, step: 1 | -1): T[] {
  const target = index + step;
  if (target < 0 || target >= list.length) return [...list];
  const copy = [...list];
  copy.splice(target, 0, ...copy.splice(index, 1));
  return copy;
}

/** When a rotation hands off: the weekday (1 Monday … 7 Sunday), the day of the month, and the time. */
export function handOffOf({ virtualStart }: LayerRotation): {
  weekday: number;
  monthDay: number;
  time: string;
} {
  const wall = parseWallClock(virtualStart) ?? 0;
  return { weekday: weekdayOf(wall), monthDay: new Date(wall).getUTCDate(), time: formatTimeOfDay(wall) };
}

/** The rotation with another hand-off, in the same week or the January of the same year, which has every day. */
export function withHandOff(
  rotation: LayerRotation,
  change: { weekday?: number; monthDay?: number; time?: string },
): LayerRotation {
  const wall = parseWallClock(rotation.virtualStart) ?? 0;
  let day = startOfDay(wall);
  if (change.weekday !== undefined) day += (change.weekday - weekdayOf(wall)) * DAY;
  if (change.monthDay !== undefined) day = Date.UTC(new Date(wall).getUTCFullYear(), 0, change.monthDay);
  const virtualStart = `${formatDate(day)}T${change.time ?? formatTimeOfDay(wall)}`;
  return parseWallClock(virtualStart) === null ? rotation : { ...rotation, virtualStart };
}

/** The rotation with turns of another unit; what that unit can't have is dropped. */
export function withUnit(rotation: LayerRotation, unit: RotationUnit): LayerRotation {
  const { shiftSeconds: _dropped, ...rest } = rotation;
  return { ...rest, unit, advance: unit === "second" ? "clock" : rotation.advance };
}
