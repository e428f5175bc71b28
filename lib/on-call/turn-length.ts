import type { LayerRotation, RotationUnit } from "#lib/on-call/schedule";

const UNIT_SECONDS: Record<Exclude<RotationUnit, "month">, number> = {
  second: 1,
  hour: 3600,
  day: 86_400,
  week: 7 * 86_400,
};

const SHORTEST_TURN_SECONDS = 60;
const LONGEST_TURN_SECONDS = 3660 * UNIT_SECONDS.day;

/** A whole number of units that make a minute to ten years. */
export function isTurnLength(rotation: Pick<LayerRotation, "unit" | "length">): boolean {
  const seconds = turnLengthSeconds(rotation);
  return (
    Number.isInteger(rotation.length) && seconds >= SHORTEST_TURN_SECONDS && seconds <= LONGEST_TURN_SECONDS
  );
}

/**
 * Units in a turn. Lengths that are none are refused on save; one that got here all the same counts as 1 unit,
 * or an hour of seconds, so that evaluation ends.
 */
export function unitsPerTurn(rotation: Pick<LayerRotation, "unit" | "length">): number {
  if (isTurnLength(rotation)) return rotation.length;
  return rotation.unit === "second" ? UNIT_SECONDS.hour : 1;
}

/**
 * The rotation unit for PagerDuty's `rotation_turn_length_seconds`: whole days are calendar days, whole hours
 * and odd seconds wall-clock arithmetic.
 */
export function turnLengthFromSeconds(seconds: number): Pick<LayerRotation, "unit" | "length"> {
  if (seconds % UNIT_SECONDS.day === 0) return { unit: "day", length: seconds / UNIT_SECONDS.day };
  if (seconds % UNIT_SECONDS.hour === 0) return { unit: "hour", length: seconds / UNIT_SECONDS.hour };
  return { unit: "second", length: seconds };
}

/** The turn's length as PagerDuty states it; a month, which has no fixed length, counts as 30 days. */
export function turnLengthSeconds({ unit, length }: Pick<LayerRotation, "unit" | "length">): number {
  return length * (unit === "month" ? 30 * UNIT_SECONDS.day : UNIT_SECONDS[unit]);
}
