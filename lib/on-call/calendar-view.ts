import type { WallClock } from "#lib/time/calendar";
import { addMonths, DAY, HOUR, startOfDay, weekdayOf } from "#lib/time/calendar";
import { formatDate, formatTimeOfDay, instantAt, parseWallClock, wallClockAt } from "#lib/time/wall-clock";

export const CALENDAR_VIEWS = ["day", "week", "2w", "month"] as const;
export type CalendarView = (typeof CALENDAR_VIEWS)[number];

/** One calendar day of a zone: [start, end) in epoch milliseconds, 23 or 25 hours long when the clocks change. */
export type CalendarDay = { date: string; start: number; end: number; label: string; isWeekend: boolean };

/** A stretch of calendar days as a schedule is drawn and paged through. */
export type CalendarPage = {
  view: CalendarView;
  timeZone: string;
  /** Epoch milliseconds, [start, end). */
  start: number;
  end: number;
  /** Dates, as in addresses. */
  from: string;
  previous: string;
  next: string;
  /** Today is in it. */
  isCurrent: boolean;
  /** "23 Nov – 6 Dec 2026". */
  title: string;
  days: CalendarDay[];
  ticks: { at: number; label: string }[];
};

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const TICK_HOURS = 3;

/** The page that begins on `from`, or without it the one that today belongs to: weeks begin on Mondays, months on their first. */
export function calendarPage(input: {
  view: CalendarView;
  from: string | null;
  timeZone: string;
  now: number;
}): CalendarPage {
  const { view, timeZone, now } = input;
  const today = startOfDay(wallClockAt(timeZone, now));
  const asked = input.from === null ? null : parseWallClock(input.from);
  const first = asked === null ? homeOf(view, today) : startOfDay(asked);
  const after = step(view, first, 1);
  const days = daysBetween(first, after, timeZone);
  return {
    view,
    timeZone,
    start: instantAt(timeZone, first),
    end: instantAt(timeZone, after),
    from: formatDate(first),
    previous: formatDate(step(view, first, -1)),
    next: formatDate(after),
    isCurrent: first <= today && today < after,
    title: titleOf(first, after - DAY),
    days,
    ticks: view === "day" ? hourTicks(first, timeZone) : days.map((day) => dayTick(day, view)),
  };
}

/** Whether a value from an address names a view. */
export function isCalendarView(value: unknown): value is CalendarView {
  return CALENDAR_VIEWS.some((view) => view === value);
}

function homeOf(view: CalendarView, today: WallClock): WallClock {
  if (view === "day") return today;
  if (view === "month") return today - (new Date(today).getUTCDate() - 1) * DAY;
  return today - (weekdayOf(today) - 1) * DAY;
}

function step(view: CalendarView, first: WallClock, pages: 1 | -1): WallClock {
  if (view === "month") return addMonths(first, pages);
  return first + pages * { day: 1, week: 7, "2w": 14 }[view] * DAY;
}

function daysBetween(first: WallClock, after: WallClock, timeZone: string): CalendarDay[] {
  const days: CalendarDay[] = [];
  for (let day = first; day < after; day += DAY) {
    const weekday = weekdayOf(day);
    days.push({
      date: formatDate(day),
      start: instantAt(timeZone, day),
      end: instantAt(timeZone, day + DAY),
      label: `${WEEKDAYS[weekday - 1]} ${new Date(day).getUTCDate()}`,
      isWeekend: weekday > 5,
    });
  }
  return days;
}

function hourTicks(day: WallClock, timeZone: string): CalendarPage["ticks"] {
  return Array.from({ length: 24 / TICK_HOURS }, (_, index) => {
    const wall = day + index * TICK_HOURS * HOUR;
    return { at: instantAt(timeZone, wall), label: formatTimeOfDay(wall) };
  });
}

function dayTick({ start, label }: CalendarDay, view: CalendarView): { at: number; label: string } {
  const isMonday = label.startsWith("Mon");
  return { at: start, label: view === "month" && !isMonday ? (label.split(" ")[1] ?? label) : label };
}

function titleOf(first: WallClock, last: WallClock): string {
  const [a, b] = [new Date(first), new Date(last)];
  const [monthA, monthB] = [MONTHS[a.getUTCMonth()], MONTHS[b.getUTCMonth()]];
  const end = `${b.getUTCDate()} ${monthB} ${b.getUTCFullYear()}`;
  if (first === last) return `${WEEKDAYS[weekdayOf(first) - 1]} ${end}`;
  if (a.getUTCFullYear() !== b.getUTCFullYear()) {
    return `${a.getUTCDate()} ${monthA} ${a.getUTCFullYear()} – ${end}`;
  }
  return monthA === monthB ? `${a.getUTCDate()}–${end}` : `${a.getUTCDate()} ${monthA} – ${end}`;
}
