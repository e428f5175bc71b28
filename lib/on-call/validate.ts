import type {
  LayerDefinition,
  LayerRestriction,
  LayerRotation,
  ScheduleDefinition,
} from "#lib/on-call/schedule";
import { changesPerWeek } from "#lib/on-call/changes-per-week";
import { isWeekday } from "#lib/on-call/restriction";
import { isTurnLength } from "#lib/on-call/turn-length";
import { parseTimeOfDay, parseWallClock } from "#lib/time/wall-clock";
import { parseTimeZone } from "#lib/time/zone";

/** A value that may not be saved; `field` is its path, as "layers.0.rotation.length". */
export type InvalidField = { field: string; message: string };

const DAY_SECONDS = 86_400;
/** One hand-off every two minutes; a year of it is drawn in a second. */
const MOST_CHANGES_PER_WEEK = 5_000;

/** What is wrong with a definition; empty if it may be saved. */
export function validateSchedule(definition: ScheduleDefinition): InvalidField[] {
  const ids = definition.layers.map((layer) => layer.id);
  return [
    ...invalidZone("timeZone", definition.timeZone),
    ...definition.layers.flatMap((layer, index) => [
      ...check(ids.indexOf(layer.id) === index, `layers.${index}.id`, "Two layers have the same id."),
      ...invalidLayer(`layers.${index}`, layer),
    ]),
    ...tooManyChanges(definition),
    ...(definition.offDuty ?? []).flatMap((it, index) => invalidRestriction(`offDuty.${index}`, it)),
  ];
}

function tooManyChanges({ layers }: ScheduleDefinition): InvalidField[] {
  const changes = layers.reduce((sum, layer) => sum + changesPerWeek(layer), 0);
  const message = `Together they put somebody on call more than ${MOST_CHANGES_PER_WEEK} times a week.`;
  // What is no turn is told as that, not as what would come of it.
  const isSound = layers.every(({ rotation }) => isTurnLength(rotation));
  return check(!isSound || changes <= MOST_CHANGES_PER_WEEK, "layers", message);
}

function invalidLayer(path: string, layer: LayerDefinition): InvalidField[] {
  const startsAt = layer.startsAt.getTime();
  const endsAt = layer.endsAt?.getTime();
  return [
    ...check(!Number.isNaN(startsAt), `${path}.startsAt`, "The start is no date and time."),
    ...check(
      endsAt === undefined || endsAt >= startsAt,
      `${path}.endsAt`,
      "A layer can't end before it starts.",
    ),
    ...invalidRotation(`${path}.rotation`, layer.rotation),
    ...invalidRestrictions(`${path}.restrictions`, layer.restrictions),
    ...invalidRestrictions(`${path}.ownHours`, layer.ownHours ?? []),
    ...check(layer.turns.flat().every(Boolean), `${path}.turns`, "A turn names a person without an id."),
  ];
}

function invalidRotation(path: string, rotation: LayerRotation): InvalidField[] {
  const { shiftSeconds, firstGroup } = rotation;
  const isWorked = rotation.advance === "worked";
  return [
    ...check(
      isTurnLength(rotation),
      `${path}.length`,
      "A turn is a whole number of units, from a minute to ten years.",
    ),
    ...check(
      parseWallClock(rotation.virtualStart) !== null,
      `${path}.virtualStart`,
      "The rotation's start is no date and time, like 2026-03-02T09:00.",
    ),
    ...(rotation.timeZone === undefined ? [] : invalidZone(`${path}.timeZone`, rotation.timeZone)),
    ...check(
      firstGroup === undefined || (Number.isInteger(firstGroup) && firstGroup >= 0),
      `${path}.firstGroup`,
      "The first group is a whole number from 0.",
    ),
    ...check(
      shiftSeconds === undefined || (Number.isInteger(shiftSeconds) && shiftSeconds > 0),
      `${path}.shiftSeconds`,
      "A shift lasts at least a second.",
    ),
    ...check(
      shiftSeconds === undefined || !isWorked,
      `${path}.shiftSeconds`,
      "A rotation that counts worked turns can't have shifts shorter than its turns.",
    ),
    ...check(
      !isWorked || rotation.unit !== "second",
      `${path}.unit`,
      "A rotation that counts worked turns needs turns of whole hours or longer.",
    ),
  ];
}

function invalidRestrictions(path: string, restrictions: readonly LayerRestriction[]): InvalidField[] {
  const types = new Set(restrictions.map((restriction) => restriction.type));
  return [
    ...check(types.size <= 1, path, "A layer's restrictions are all daily or all weekly."),
    ...restrictions.flatMap((it, index) => invalidRestriction(`${path}.${index}`, it)),
  ];
}

function invalidRestriction(path: string, restriction: LayerRestriction): InvalidField[] {
  const { startTime, durationSeconds } = restriction;
  const seconds = parseTimeOfDay(startTime);
  const isWeekly = restriction.type === "weekly";
  const longest = isWeekly ? 7 * DAY_SECONDS : DAY_SECONDS;
  return [
    ...check(
      seconds !== null && seconds < DAY_SECONDS,
      `${path}.startTime`,
      "The start is no time of day, like 09:00.",
    ),
    ...check(
      Number.isInteger(durationSeconds) && durationSeconds > 0 && durationSeconds <= longest,
      `${path}.durationSeconds`,
      `The restriction lasts from 1 second to ${isWeekly ? "a week" : "a day"}.`,
    ),
    ...check(
      !isWeekly || isWeekday(restriction.startDay),
      `${path}.startDay`,
      "The weekday is a number from 1, Monday, to 7, Sunday.",
    ),
  ];
}

function invalidZone(field: string, timeZone: string): InvalidField[] {
  return check(
    parseTimeZone(timeZone).kind === "zone",
    field,
    `“${timeZone}” is no time zone, like Europe/Berlin.`,
  );
}

function check(isValid: boolean, field: string, message: string): InvalidField[] {
  return isValid ? [] : [{ field, message }];
}
