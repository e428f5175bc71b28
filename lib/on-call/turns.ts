import type { LayerDefinition, LayerRotation } from "#lib/on-call/schedule";
import type { WallClock } from "#lib/time/calendar";
import type { Interval } from "#lib/time/interval";
import type { RecurringWindow } from "#lib/time/recurring-window";
import { restrictionWindows } from "#lib/on-call/restriction";
import { unitsPerTurn } from "#lib/on-call/turn-length";
import { addMonths, DAY, floorMod, HOUR, monthsBetween, SECOND, WEEK } from "#lib/time/calendar";
import { intersect } from "#lib/time/interval";
import { windowsIn } from "#lib/time/recurring-window";
import { calmWallClockAt, instantAt, parseWallClock, wallClockAt } from "#lib/time/wall-clock";

/** [start, end) of a turn, or the part asked for, and the index of its group in the layer's turns. */
export type TurnSegment = Interval & { group: number };

/** The hand-offs of a rotation: step `k` begins at the wall-clock time `beginsAt(k)`. */
type Steps = {
  beginsAt: (k: number) => WallClock;
  /** The last step that begins by a wall-clock time. */
  indexAt: (wall: WallClock) => number;
};

const UNIT_MILLISECONDS = { second: SECOND, hour: HOUR, day: DAY, week: WEEK };

/** Turn arithmetic of one layer in its zone; every question costs the same however old the layer is. */
export type Turns = {
  /** Index of the step whose turn it is: the last one, by index, that has begun. */
  stepAt: (instant: number) => number;
  /** When the step begins. */
  startOf: (step: number) => number;
  /** The first instant after the step's beginning that belongs to a later step. */
  endOf: (step: number) => number;
  /** When the people of the step go off call, if that is before the turn's end. */
  offCallAt: (step: number) => number;
  groupOf: (step: number) => number;
};

// A definition never changes, and is asked again and again.
const known = new WeakMap<LayerDefinition, { timeZone: string; turns: Turns | null }>();

/** Null for a layer without people or whose start is no wall-clock time. */
export function turnsOf(layer: LayerDefinition, timeZone: string): Turns | null {
  const last = known.get(layer);
  if (last?.timeZone === timeZone) return last.turns;
  const turns = makeTurns(layer, timeZone);
  known.set(layer, { timeZone, turns });
  return turns;
}

function makeTurns(layer: LayerDefinition, timeZone: string): Turns | null {
  const { rotation, turns } = layer;
  const virtualStart = parseWallClock(rotation.virtualStart);
  if (virtualStart === null || turns.length === 0) return null;
  const length = unitsPerTurn(rotation);
  const steps = stepsOf(rotation, virtualStart);
  const turnAt = countsWorked(rotation) ? workedTurns(layer, steps, length) : (step: number) => step;
  const startOf = (step: number) => instantAt(timeZone, steps.beginsAt(step));
  return {
    startOf,
    stepAt(instant) {
      const calm = calmWallClockAt(timeZone, instant);
      if (calm !== null) return steps.indexAt(calm);
      let step = steps.indexAt(wallClockAt(timeZone, instant));
      while (startOf(step) > instant) step -= 1;
      // In a repeated hour a hand-off that the clock shows again is already past.
      while (startOf(step + 1) <= instant) step += 1;
      return step;
    },
    endOf(step) {
      let end = startOf(step + 1);
      // A skipped hand-off moves forward, possibly past later ones: the earliest of them counts.
      for (let next = step + 1; wallClockAt(timeZone, startOf(next)) !== steps.beginsAt(next); next += 1) {
        end = Math.min(end, startOf(next + 1));
      }
      return end;
    },
    offCallAt(step) {
      const { shiftSeconds } = rotation;
      if (shiftSeconds === undefined || !(shiftSeconds > 0) || countsWorked(rotation)) {
        return Number.POSITIVE_INFINITY;
      }
      return instantAt(timeZone, steps.beginsAt(step) + shiftSeconds * SECOND);
    },
    groupOf: (step) => floorMod(turnAt(step) + (rotation.firstGroup ?? 0), turns.length),
  };
}

/** The group whose turn it is at an instant, before restrictions; null: nobody's. Agrees with `turnSegments`. */
export function groupAt(layer: LayerDefinition, timeZone: string, instant: number): number | null {
  if (layer.segments) {
    return layer.segments.find(({ start, end }) => start <= instant && instant < end)?.group ?? null;
  }
  if (layer.turns.length === 1 && layer.rotation.shiftSeconds === undefined) {
    return parseWallClock(layer.rotation.virtualStart) === null ? null : 0;
  }
  const turns = turnsOf(layer, timeZone);
  if (!turns) return null;
  const step = turns.stepAt(instant);
  return instant < turns.offCallAt(step) ? turns.groupOf(step) : null;
}

/** Who has each turn in `range`, before restrictions. Without a shift length the segments tile the range. */
export function turnSegments(layer: LayerDefinition, timeZone: string, range: Interval): TurnSegment[] {
  if (layer.segments) return intersect(layer.segments, [range]);
  const turns = turnsOf(layer, timeZone);
  if (!turns || !(range.start < range.end)) return [];
  if (layer.turns.length === 1 && layer.rotation.shiftSeconds === undefined) return [{ ...range, group: 0 }];
  const segments: TurnSegment[] = [];
  let from = range.start;
  while (from < range.end) {
    const step = turns.stepAt(from);
    const turnEnd = turns.endOf(step);
    const end = Math.min(turnEnd, turns.offCallAt(step), range.end);
    if (from < end) segments.push({ start: from, end, group: turns.groupOf(step) });
    from = turnEnd;
  }
  return segments;
}

function countsWorked(rotation: LayerRotation): boolean {
  return rotation.advance === "worked" && rotation.unit !== "second";
}

function stepsOf(rotation: LayerRotation, virtualStart: WallClock): Steps {
  const length = unitsPerTurn(rotation);
  // A worked rotation counts days, weeks and months one by one, hours by whole turns.
  const units = countsWorked(rotation) && rotation.unit !== "hour" ? 1 : length;
  if (rotation.unit === "month") {
    return {
      beginsAt: (k) => addMonths(virtualStart, k * units),
      indexAt(wall) {
        const index = Math.floor(monthsBetween(virtualStart, wall) / units);
        return addMonths(virtualStart, index * units) > wall ? index - 1 : index;
      },
    };
  }
  const step = units * UNIT_MILLISECONDS[rotation.unit];
  return {
    beginsAt: (k) => virtualStart + k * step,
    indexAt: (wall) => Math.floor((wall - virtualStart) / step),
  };
}

/**
 * The turn a step belongs to when only covered steps count. Coverage is judged on the wall clock, where
 * it repeats every few weeks: counting one such period answers for all time, in any window.
 */
function workedTurns(layer: LayerDefinition, steps: Steps, length: number): (step: number) => number {
  const { unit } = layer.rotation;
  const stepsPerTurn = unit === "hour" ? 1 : length;
  const windows = restrictionWindows(layer.restrictions);
  const stepLength = steps.beginsAt(1) - steps.beginsAt(0);
  // A step of a week or more always meets every window.
  if (windows === null || stepLength >= WEEK) return (step) => Math.floor(step / stepsPerTurn);

  const period = WEEK / greatestCommonDivisor(WEEK, stepLength);
  const countBefore = coveredCounts(steps, period, windows);
  const perPeriod = countBefore[period] ?? 0;
  return (step) => {
    const count = Math.floor(step / period) * perPeriod + (countBefore[floorMod(step, period)] ?? 0);
    return Math.floor(count / stepsPerTurn);
  };
}

/** How many of the first 0, 1, … `period` steps meet a window on the wall clock. */
function coveredCounts(steps: Steps, period: number, windows: readonly RecurringWindow[]): number[] {
  const covered = windowsIn("UTC", windows, { start: steps.beginsAt(0), end: steps.beginsAt(period) });
  const counts = [0];
  let count = 0;
  let window = 0;
  for (let step = 0; step < period; step += 1) {
    let current = covered[window];
    while (current && current.end <= steps.beginsAt(step)) current = covered[++window];
    if (current && current.start < steps.beginsAt(step + 1)) count += 1;
    counts.push(count);
  }
  return counts;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
