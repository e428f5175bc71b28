// Reads zones through Intl alone, so that browsers need no Temporal to show a time.

import { DAY, HOUR, MINUTE, SECOND } from "#lib/time/calendar";

/** Who reads a time: their IANA zone, BCP 47 locale and hour cycle. */
export type TimeReader = { timeZone: string; locale: string; hour12: boolean };

/** Milliseconds as "15 s", "2 m 15 s", "1 h 04 m" or "3 d 4 h", rounded down; negative ones as "0 s". */
export function formatDuration(milliseconds: number): string {
  const length = Math.max(0, milliseconds);
  const seconds = Math.floor(length / SECOND) % 60;
  const minutes = Math.floor(length / MINUTE) % 60;
  if (length < MINUTE) return `${seconds} s`;
  if (length < HOUR) return seconds === 0 ? `${minutes} m` : `${minutes} m ${seconds} s`;
  const hours = Math.floor(length / HOUR) % 24;
  if (length < DAY) return `${hours} h ${twoDigits(minutes)} m`;
  const days = Math.floor(length / DAY);
  return hours === 0 ? `${days} d` : `${days} d ${hours} h`;
}

/** Milliseconds left as "3:20" or "1:03:20", rounded up: it reads 0:00 only when the time has come. */
export function formatCountdown(milliseconds: number): string {
  const left = Math.ceil(Math.max(0, milliseconds) / SECOND);
  const hours = Math.floor(left / 3600);
  const minutes = Math.floor(left / 60) % 60;
  const seconds = twoDigits(left % 60);
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${seconds}` : `${minutes}:${seconds}`;
}

/** What to say aloud when a countdown passes 5 minutes or 1 minute between two readings; null otherwise. */
export function countdownAnnouncement(previousLeft: number, left: number): string | null {
  if (left <= 0) return null;
  if (previousLeft > MINUTE && left <= MINUTE) return "1 minute left";
  return previousLeft > 5 * MINUTE && left <= 5 * MINUTE ? "5 minutes left" : null;
}

/** "12 m ago", "in 3 h", "now": the largest unit alone, rounded down. */
export function formatRelative(at: number, now: number): string {
  const distance = Math.abs(now - at);
  if (distance < SECOND) return "now";
  const text = largestUnit(distance);
  return at < now ? `${text} ago` : `in ${text}`;
}

function largestUnit(length: number): string {
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} m`;
  if (length < DAY) return `${Math.floor(length / HOUR)} h`;
  return `${Math.floor(length / DAY)} d`;
}

/** Time since the beginning as it stands in a timeline: "T+19 m", "T+1 h 04 m"; before it, "T−2 m". */
export function formatSinceStart(at: number, start: number): string {
  const distance = Math.abs(at - start);
  const text = distance < HOUR ? largestUnit(distance) : formatDuration(distance);
  return at < start ? `T−${text}` : `T+${text}`;
}

/** In a list: relative under a day, otherwise as `formatDateTime`. */
export function formatListTime(at: number, now: number, reader: TimeReader): string {
  return Math.abs(now - at) < DAY ? formatRelative(at, now) : formatDateTime(at, now, reader);
}

/** "14 Nov 03:12", with the year unless it is the reader's current one. */
export function formatDateTime(at: number, now: number, reader: TimeReader): string {
  const { day, month, year } = partsOf(at, reader);
  const isCurrentYear = year === partsOf(now, reader).year;
  return `${day} ${month} ${isCurrentYear ? "" : `${year} `}${formatTime(at, reader)}`;
}

/** "Sat 14 Nov 03:12": for times whose weekday decides, without a year. */
export function formatDayTime(at: number, reader: TimeReader): string {
  const { weekday, day, month } = partsOf(at, reader);
  return `${weekday} ${day} ${month} ${formatTime(at, reader)}`;
}

/** "03:12", or "3:12 am". */
export function formatTime(at: number, reader: TimeReader): string {
  const { hour, minute, dayPeriod } = partsOf(at, reader);
  return `${hour}:${minute}${dayPeriod}`;
}

/** "03:31:08", or "3:31:08 am". */
export function formatClock(at: number, reader: TimeReader): string {
  const { hour, minute, second, dayPeriod } = partsOf(at, reader);
  return `${hour}:${minute}:${second}${dayPeriod}`;
}

/** "Sat 14 Nov 2026 03:12:40 GMT+1". */
export function formatFullTime(at: number, reader: TimeReader): string {
  const { weekday, day, month, year, zone } = partsOf(at, reader);
  return `${weekday} ${day} ${month} ${year} ${formatClock(at, reader)} ${zone}`;
}

/** The place a zone is named after: "New York" for "America/New_York". */
export function zoneCity(timeZone: string): string {
  return (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");
}

type Parts = Record<
  "weekday" | "day" | "month" | "year" | "hour" | "minute" | "second" | "dayPeriod" | "zone",
  string
>;

function partsOf(at: number, reader: TimeReader): Parts {
  const parts = new Map(
    formatterOf(reader)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  );
  const text = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
  const dayPeriod = text("dayPeriod");
  return {
    weekday: text("weekday"),
    day: text("day"),
    month: text("month"),
    year: text("year"),
    // Some locales write "3:12" also on a 24-hour clock; columns need two digits.
    hour: reader.hour12 ? String(Number(text("hour"))) : text("hour").padStart(2, "0"),
    minute: text("minute").padStart(2, "0"),
    second: text("second").padStart(2, "0"),
    dayPeriod: dayPeriod === "" ? "" : ` ${dayPeriod.toLowerCase()}`,
    zone: text("timeZoneName"),
  };
}

// Making a formatter costs a hundred times what using it does.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf({ timeZone, locale, hour12 }: TimeReader): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${hour12}`;
  const known = formatters.get(key);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat(locale, {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: hour12 ? "h12" : "h23",
    timeZoneName: "short",
  });
  formatters.set(key, formatter);
  return formatter;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
