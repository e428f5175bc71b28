import { isInSupportHours, nextSupportHoursBoundary, supportHoursIn } from "#lib/alerts/support-hours";
import type { LevelCondition } from "#lib/escalation/policy";
import type { Interval } from "#lib/time/interval";

/** Whether a level is used at `at`, and when it will be; `opensAt` is null when it never is. */
export type Opening = { isOpen: true } | { isOpen: false; opensAt: Date | null };

/** A level without hours, and one whose hours can't be read, is always used: rather one page too many. */
export function openingAt(condition: LevelCondition | null, at: Date): Opening {
  if (condition === null || (isInSupportHours(condition, at) ?? true)) return { isOpen: true };
  return { isOpen: false, opensAt: nextSupportHoursBoundary(condition, "support_hours_start", at) };
}

/** The times within `range` at which a level is used, sorted and apart. */
export function openTimes(condition: LevelCondition | null, range: Interval): Interval[] {
  return (condition === null ? null : supportHoursIn(condition, range)) ?? [range];
}

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** "Mon–Fri 22:00–06:00 Europe/London": the days are those on which the hours begin. */
export function hoursSentence({ timeZone, startTime, endTime, daysOfWeek }: LevelCondition): string {
  const times = startTime === endTime ? "all day" : `${startTime}–${endTime}`;
  return `${daysSentence(daysOfWeek)} ${times} ${timeZone}`;
}

function daysSentence(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  if (sorted.length === 7) return "every day";
  const runs: number[][] = [];
  for (const day of sorted) {
    const run = runs.at(-1);
    if (run?.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  const name = (day: number | undefined) => DAYS[(day ?? 1) - 1] ?? "";
  return runs
    .map((run) => (run.length > 2 ? `${name(run[0])}–${name(run.at(-1))}` : run.map(name).join(", ")))
    .join(", ");
}
