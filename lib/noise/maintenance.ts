import { comparedValues } from "#lib/noise/grouping-setting";
import type { Comparable } from "#lib/noise/grouping-setting";
import { DAY, WEEK } from "#lib/time/calendar";
import type { Interval } from "#lib/time/interval";
import { instantAt, wallClockAt } from "#lib/time/wall-clock";

export const REPEATS = ["never", "daily", "weekly"] as const;
export type Repeats = (typeof REPEATS)[number];

export type MaintenanceWindow = {
  id: string;
  summary: string;
  startsAt: Date;
  /** The end of its only or its first occurrence. */
  endsAt: Date;
  repeats: Repeats;
  timeZone: string;
  /** No occurrence begins after this instant. */
  lastsUntil: Date | null;
  endedAt: Date | null;
  /** Only alerts whose field has this value. */
  label: { field: string; value: string } | null;
  serviceIds: readonly string[];
};

type Timing = Pick<
  MaintenanceWindow,
  "startsAt" | "endsAt" | "repeats" | "timeZone" | "lastsUntil" | "endedAt"
>;

const PERIODS = { daily: DAY, weekly: WEEK };

/** The occurrence that holds at an instant, in epoch milliseconds; null: none does. Repetitions keep the time of day of their zone. */
export function occurrenceAt(window: Timing, at: number): Interval | null {
  const [next] = occurrencesFrom(window, at, 1);
  return next && next.start <= at ? next : null;
}

/** The occurrences that end after an instant, at most `most`, the earliest first. */
export function occurrencesFrom(window: Timing, from: number, most: number): Interval[] {
  if (window.endedAt !== null && window.endedAt.getTime() <= from) return [];
  const [start, end] = [window.startsAt.getTime(), window.endsAt.getTime()];
  if (window.repeats === "never") return end > from ? [{ start, end }] : [];
  const period = PERIODS[window.repeats];
  const firstWall = wallClockAt(window.timeZone, start);
  const length = end - start;
  const found: Interval[] = [];
  // One period back: the clock may have changed in between, and an occurrence may reach past midnight.
  const skipped = Math.floor((wallClockAt(window.timeZone, from) - length - firstWall) / period) - 1;
  for (let n = Math.max(0, skipped); found.length < most; n += 1) {
    const begins = instantAt(window.timeZone, firstWall + n * period);
    if (window.lastsUntil !== null && begins > window.lastsUntil.getTime()) break;
    if (begins + length > from) found.push({ start: begins, end: begins + length });
  }
  return found;
}

export type MaintenanceHold = { window: MaintenanceWindow; until: Date; because: string };

/** The window that holds an alert back, the one that lasts longest if there are several; null: none does. */
export function maintenanceOf(
  windows: readonly MaintenanceWindow[],
  alert: Comparable & { serviceId: string },
  at: Date,
): MaintenanceHold | null {
  let longest: MaintenanceHold | null = null;
  for (const window of windows) {
    if (!concerns(window, alert)) continue;
    const occurrence = occurrenceAt(window, at.getTime());
    if (occurrence === null || (longest !== null && longest.until.getTime() >= occurrence.end)) continue;
    const until = new Date(occurrence.end);
    longest = { window, until, because: `Its service is in maintenance: “${window.summary}”` };
  }
  return longest;
}

/** Whether a window is about an alert, at whatever time. */
export function concerns(
  window: Pick<MaintenanceWindow, "label" | "serviceIds">,
  alert: Comparable & { serviceId: string },
): boolean {
  if (!window.serviceIds.includes(alert.serviceId)) return false;
  if (window.label === null) return true;
  const { field, value } = window.label;
  return comparedValues(alert, [field])[field] === value.trim().replace(/\s+/g, " ").toLowerCase();
}
