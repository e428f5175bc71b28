import type { InterruptionClass } from "#lib/notifications/interruption";
import { INTERRUPTION_CLASSES } from "#lib/notifications/interruption";
import type { Columns } from "#lib/reports/columns";

/**
 * Loads as columns: where each half hour began in milliseconds; by the person's clock the weekday, hour and class in `moment`, and in `night` the
 * day on which the night began, counted from 1970, -1 for no sleeping hour; how many interruptions; codes of the person and the service.
 */
export const LOAD_LAYOUT = {
  numbers: ["at"],
  wholes: ["moment", "night", "interruptions", "person", "service"],
} as const;

export type LoadNumber = (typeof LOAD_LAYOUT.numbers)[number];
export type LoadWhole = (typeof LOAD_LAYOUT.wholes)[number];
export type LoadColumns = Columns<LoadNumber, LoadWhole>;

/** 1 (Monday) to 7. */
export function weekdayOfMoment(moment: number): number {
  return moment & 7;
}

export function hourOfMoment(moment: number): number {
  return (moment >>> 3) & 31;
}

/** The place of the class among INTERRUPTION_CLASSES. */
export function classOfMoment(moment: number): number {
  return moment >>> 8;
}

/** How many interruptions of each class there were in each group; `groupOf` has the group of each row, counted from 0, or -1. */
export function classesBy(
  { count, moment, interruptions }: LoadColumns,
  groupOf: Int32Array,
  groups: number,
): { class: InterruptionClass; count: number }[][] {
  const kinds = INTERRUPTION_CLASSES.length;
  const counts = new Float64Array(groups * kinds);
  for (let place = 0; place < count; place += 1) {
    const group = groupOf[place] ?? -1;
    if (group < 0) continue;
    const cell = group * kinds + classOfMoment(moment[place] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + (interruptions[place] ?? 0);
  }
  return Array.from({ length: groups }, (_, group) =>
    INTERRUPTION_CLASSES.map((kind, place) => ({ class: kind, count: counts[group * kinds + place] ?? 0 })),
  );
}
