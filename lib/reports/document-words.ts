import type { ReportChart } from "#lib/reports/document";
import { periodLabel } from "#lib/reports/period-label";
import type { PeriodUnit } from "#lib/reports/period";
import type { Limits } from "#lib/statistics/process-behaviour";
import { DAY, startOfDay } from "#lib/time/calendar";
import { formatDayOfYear } from "#lib/time/format-day";
import { formatDuration } from "#lib/time/format";
import { formatDate, instantAt, wallClockAt } from "#lib/time/wall-clock";

/** A duration that no line is broken in; a dash where there is none. */
export function durationText(ms: number | null): string {
  return ms === null ? "–" : formatDuration(ms).replaceAll(" ", "\u00a0");
}

export function countText(count: number): string {
  return count.toLocaleString("en");
}

/** "30 Nov 2026 09:42 (Europe/Berlin)", by the clocks of the zone. */
export function instantText(at: number, timeZone: string): string {
  return `${wallText(wallClockAt(timeZone, at))} (${timeZone})`;
}

/**
 * The time [from, to) (ISO 8601) in words: its first and its last day where it begins and ends at midnight of the zone, the instants with
 * their times elsewhere.
 */
export function rangeText({ from, to, timeZone }: { from: string; to: string; timeZone: string }): string {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const first = wallClockAt(timeZone, start);
  const after = wallClockAt(timeZone, end);
  if (!isMidnight(start, timeZone) || !isMidnight(end, timeZone)) {
    return `${wallText(first)} to ${wallText(after)} (${timeZone})`;
  }
  const days = [formatDate(first), formatDate(startOfDay(after) - DAY)].map(formatDayOfYear);
  return `${days[0] === days[1] ? days[0] : days.join(" to ")} (${timeZone})`;
}

/** The first instant of a day; where the clocks skip midnight that is later. */
function isMidnight(at: number, timeZone: string): boolean {
  return instantAt(timeZone, startOfDay(wallClockAt(timeZone, at))) === at;
}

function wallText(wall: number): string {
  return `${formatDayOfYear(formatDate(wall))} ${new Date(wall).toISOString().slice(11, 16)}`;
}

type CountedPeriod = { day: string; incomplete: boolean; count: number };

/** Counts over time as a line with the limits of what is usual, and as rows of a table. */
export function countsOverTime(
  unit: PeriodUnit,
  periods: readonly CountedPeriod[],
  limits: Limits | null,
): { chart: ReportChart; rows: string[][] } {
  return {
    chart: {
      kind: "line",
      points: periods.map(({ day, incomplete, count }) => ({
        label: periodLabel(unit, day),
        value: count,
        text: countText(count),
        incomplete,
      })),
      centre: limits?.centre ?? null,
      low: limits?.lower ?? null,
      high: limits?.upper ?? null,
    },
    rows: periods.map(({ day, incomplete, count }) => [
      `${periodLabel(unit, day)}${incomplete ? " (not complete)" : ""}`,
      countText(count),
    ]),
  };
}

/** The heading of a table's first column of periods. */
export function periodHead(unit: PeriodUnit): string {
  return unit === "week" ? "Week of" : "Month";
}

/** Bars for amounts, from zero; null where there is nothing to draw. */
export function barsOf(
  bars: readonly { label: string; value: number; text: string; mark?: number | null }[],
): ReportChart | null {
  const most = Math.max(0, ...bars.flatMap(({ value, mark }) => [value, mark ?? 0]));
  if (most === 0) return null;
  return { kind: "bars", most, bars: bars.map((bar) => ({ ...bar, mark: bar.mark ?? null })) };
}
