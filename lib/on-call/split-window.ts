import type { LayerDefinition } from "#lib/on-call/schedule";
import { restrictionWindows } from "#lib/on-call/restriction";
import { unitsPerTurn } from "#lib/on-call/turn-length";
import { addMonths, DAY, WEEK } from "#lib/time/calendar";
import { windowsIn } from "#lib/time/recurring-window";
import { formatTimeOfDay, parseWallClock } from "#lib/time/wall-clock";

/** A hand-off that falls inside a restriction window, and the times of day at which it would not. */
export type SplitWindow = { handOff: string; suggestions: string[] };

/** Enough turns to meet every weekday and, in months, most dates. */
const TURNS_LOOKED_AT = 60;

/**
 * Whether the layer's hand-offs cut one of its windows in two, so that a night has two people. Windows longer
 * than a turn have to be cut and turns of less than a day are meant to; both are left alone.
 */
export function splitWindow(layer: LayerDefinition): SplitWindow | null {
  if (layer.calendarId !== undefined || isMeantTo(layer)) return null;
  const { rotation, turns, restrictions } = layer;
  const windows = restrictionWindows(restrictions);
  const start = parseWallClock(rotation.virtualStart);
  if (windows === null || start === null || turns.length < 2) return null;
  const units = unitsPerTurn(rotation);
  for (let turn = 1; turn <= TURNS_LOOKED_AT; turn += 1) {
    const handOff =
      rotation.unit === "month"
        ? addMonths(start, turn * units)
        : start + turn * units * (rotation.unit === "week" ? WEEK : DAY);
    const around = windowsIn("UTC", windows, { start: handOff - 2 * WEEK, end: handOff + 2 * WEEK });
    const cut = around.find((window) => window.start < handOff && handOff < window.end);
    const turnLength = rotation.unit === "day" ? units * DAY : WEEK;
    if (cut && cut.end - cut.start <= turnLength) {
      const suggestions = [...new Set([formatTimeOfDay(cut.end), formatTimeOfDay(cut.start)])];
      return { handOff: formatTimeOfDay(handOff), suggestions };
    }
  }
  return null;
}

function isMeantTo({ rotation }: LayerDefinition): boolean {
  return rotation.unit === "hour" || rotation.unit === "second";
}
