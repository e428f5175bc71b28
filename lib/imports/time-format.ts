import { instantAt } from "#lib/time/wall-clock";

/** Reads a time of a file as an instant; null where the text has another form or names no time of the calendar. */
export type TimeReaderOf = (text: string) => Date | null;

const PARTS: Record<string, { pattern: string; part: keyof Parts }> = {
  yyyy: { pattern: "(\\d{4})", part: "year" },
  MM: { pattern: "(\\d{2})", part: "month" },
  M: { pattern: "(\\d{1,2})", part: "month" },
  dd: { pattern: "(\\d{2})", part: "day" },
  d: { pattern: "(\\d{1,2})", part: "day" },
  HH: { pattern: "(\\d{2})", part: "hour" },
  H: { pattern: "(\\d{1,2})", part: "hour" },
  hh: { pattern: "(\\d{2})", part: "hour12" },
  h: { pattern: "(\\d{1,2})", part: "hour12" },
  mm: { pattern: "(\\d{2})", part: "minute" },
  ss: { pattern: "(\\d{2})", part: "second" },
  SSS: { pattern: "(\\d{3})", part: "millisecond" },
  a: { pattern: "([AaPp][Mm])", part: "half" },
};
type Parts = {
  year: number;
  month: number;
  day: number;
  hour: number;
  hour12: number;
  minute: number;
  second: number;
  millisecond: number;
  half: number;
};

const TOKEN = /yyyy|MM|M|dd|d|HH|H|hh|h|mm|ss|SSS|a/g;

/**
 * A reader of times in one form: `iso` (with an offset, or without one in `timeZone`), `unix` (seconds), `unix-ms`, or a pattern of
 * yyyy, MM or M, dd or d, HH or H (24 hours), hh or h with a (AM or PM), mm, ss, SSS, whose other characters stand for themselves.
 * Times without an offset are wall-clock times of `timeZone`; a repeated hour is its first, a skipped one moves forward.
 */
export function readerOf(format: string, timeZone: string): TimeReaderOf {
  if (format === "unix") return (text) => unix(text, 1000);
  if (format === "unix-ms") return (text) => unix(text, 1);
  if (format === "iso") return (text) => iso(text, timeZone);
  const { pattern, parts } = compile(format);
  return (text) => {
    const match = pattern.exec(text.trim());
    if (!match) return null;
    const read: Partial<Parts> = {};
    for (const [index, part] of parts.entries()) read[part] = valueOf(part, match[index + 1] ?? "");
    return inZone(read, timeZone);
  };
}

/** Whether a pattern names a day at least: what a mapping must have. */
export function isTimeFormat(format: string): boolean {
  if (["iso", "unix", "unix-ms"].includes(format)) return true;
  const { parts } = compile(format);
  const named = new Set(parts);
  return named.has("year") && named.has("month") && named.has("day") && named.size === parts.length;
}

function compile(format: string): { pattern: RegExp; parts: (keyof Parts)[] } {
  const parts: (keyof Parts)[] = [];
  let source = "";
  let from = 0;
  for (const match of format.matchAll(TOKEN)) {
    const token = PARTS[match[0]];
    if (!token) continue;
    source += escape(format.slice(from, match.index)) + token.pattern;
    parts.push(token.part);
    from = match.index + match[0].length;
  }
  return { pattern: new RegExp(`^${source}${escape(format.slice(from))}$`), parts };
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function valueOf(part: keyof Parts, text: string): number {
  return part === "half" ? (text.toLowerCase() === "pm" ? 12 : 0) : Number(text);
}

const MIDNIGHT = { hour: 0, minute: 0, second: 0, millisecond: 0 };
const MOST = { hour: 23, minute: 59, second: 59 };

function inZone(read: Partial<Parts>, timeZone: string): Date | null {
  const { year = 0, month = 0, day = 0, ...rest } = read;
  const time = { ...MIDNIGHT, ...rest };
  if (read.hour12 !== undefined) time.hour = hourOf(read.hour12, read.half ?? 0);
  const { hour, minute, second, millisecond } = time;
  if (hour > MOST.hour || minute > MOST.minute || second > MOST.second) return null;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  const date = new Date(wall);
  // Date.UTC reads February 30 as March 2.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return new Date(instantAt(timeZone, wall));
}

/** 12 am is midnight, 12 pm is noon; what no clock shows is beyond every day. */
function hourOf(hour12: number, half: number): number {
  return hour12 >= 1 && hour12 <= 12 ? (hour12 % 12) + half : Number.POSITIVE_INFINITY;
}

function iso(text: string, timeZone: string): Date | null {
  const match =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?(Z|[+-]\d{2}:?\d{2})?$/.exec(
      text.trim(),
    );
  if (!match) return null;
  const at = (index: number) => Number(match[index] ?? 0);
  const millisecond = Math.floor(Number(`0.${match[7] ?? "0"}`) * 1000);
  const parts = {
    year: at(1),
    month: at(2),
    day: at(3),
    hour: at(4),
    minute: at(5),
    second: at(6),
    millisecond,
  };
  const offset = match[8];
  const wall = inZone(parts, offset === undefined ? timeZone : "Etc/UTC");
  if (!wall || offset === undefined || offset === "Z") return wall;
  const sign = offset.startsWith("-") ? 1 : -1;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return new Date(wall.getTime() + sign * minutes * 60_000);
}

function unix(text: string, factor: number): Date | null {
  return /^-?\d{1,14}(\.\d+)?$/.test(text.trim()) ? new Date(Math.round(Number(text) * factor)) : null;
}
