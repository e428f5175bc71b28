import type { LayerRestriction, LayerRotation } from "#lib/on-call/schedule";
import { DAY, floorMod, SECOND, weekdayOf } from "#lib/time/calendar";
import { formatTimeOfDay, parseTimeOfDay, parseWallClock } from "#lib/time/wall-clock";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** "Changes every week, Mondays at 09:00". */
export function rotationSentence(rotation: LayerRotation): string {
  const { unit, length } = rotation;
  const wall = parseWallClock(rotation.virtualStart) ?? 0;
  const time = formatTimeOfDay(wall);
  const every = length === 1 ? `every ${unit}` : `every ${length} ${unit}s`;
  switch (unit) {
    case "week":
      return `Changes ${every}, ${WEEKDAYS[weekdayOf(wall) - 1]}s at ${time}`;
    case "month":
      return `Changes ${every}, on day ${new Date(wall).getUTCDate()} at ${time}`;
    case "day":
      return `Changes ${every} at ${time}`;
    case "hour":
    case "second":
      return `Changes ${every}, counted from ${time}`;
    default:
      return unit satisfies never;
  }
}

/** "Mon–Fri 09:00–17:00"; null when nothing restricts. Equal hours on several weekdays are said once. */
export function restrictionSentence(restrictions: readonly LayerRestriction[]): string | null {
  if (restrictions.length === 0) return null;
  const daily = restrictions.filter(({ type }) => type === "daily").map((it) => `daily ${hoursOf(it)}`);
  const weekly = restrictions.filter((it) => it.type === "weekly");
  const byHours = Map.groupBy(weekly, hoursOf);
  const grouped = [...byHours].map(([hours, days]) => {
    const list = days.map(({ startDay }) => startDay).toSorted((a, b) => a - b);
    return hours.includes(" – ") ? `${dayName(list[0] ?? 1)} ${hours}` : `${daysText(list)} ${hours}`;
  });
  return [...daily, ...grouped].join(", ");
}

function daysText(days: readonly number[]): string {
  const [first = 1] = days;
  const last = days.at(-1) ?? first;
  const isRun = days.length > 2 && last - first === days.length - 1;
  return isRun ? `${dayName(first)}–${dayName(last)}` : days.map(dayName).join(", ");
}

function dayName(day: number): string {
  return (WEEKDAYS[day - 1] ?? "").slice(0, 3);
}

/** "22:00–06:00"; over more than a day with the weekday it ends on: "18:00–Mon 09:00". */
function hoursOf(restriction: LayerRestriction): string {
  const start = (parseTimeOfDay(restriction.startTime) ?? 0) * SECOND;
  const length = restriction.durationSeconds * SECOND;
  const end = start + length;
  if (start === 0 && length === DAY) return "all day";
  const from = formatTimeOfDay(start);
  const until = formatTimeOfDay(end % DAY);
  if (end === DAY) return `${from}–24:00`;
  if (restriction.type === "daily" || length < DAY) return `${from}–${until}`;
  const lastDay = floorMod(restriction.startDay - 1 + Math.floor(end / DAY), 7) + 1;
  return `${from} – ${dayName(lastDay)} ${until}`;
}
