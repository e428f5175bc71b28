import { describe, expect, test } from "vitest";
import {
  countdownAnnouncement,
  formatClock,
  formatCountdown,
  formatDateTime,
  formatDayTime,
  formatDuration,
  formatFullTime,
  formatListTime,
  formatRelative,
  formatSinceStart,
  formatTime,
  zoneCity,
} from "#lib/time/format";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const berlin = { timeZone: "Europe/Berlin", locale: "en-GB", hour12: false };
const at = Date.parse("2026-11-14T02:12:08Z");

test.each([
  [0, "0 s"],
  [-5 * SECOND, "0 s"],
  [59_999, "59 s"],
  [2 * MINUTE, "2 m"],
  [2 * MINUTE + 15 * SECOND, "2 m 15 s"],
  [HOUR - 1, "59 m 59 s"],
  [HOUR, "1 h 00 m"],
  [HOUR + 4 * MINUTE, "1 h 04 m"],
  [DAY - 1, "23 h 59 m"],
  [DAY, "1 d"],
  [3 * DAY + 4 * HOUR + 59 * MINUTE, "3 d 4 h"],
])("a duration of %d ms is “%s”", (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

describe("a countdown", () => {
  test("reads minutes and seconds, and 0:00 only at the end", () => {
    expect(formatCountdown(200 * SECOND)).toBe("3:20");
    expect(formatCountdown(61 * MINUTE + 5 * SECOND)).toBe("1:01:05");
    expect(formatCountdown(1)).toBe("0:01");
    expect(formatCountdown(0)).toBe("0:00");
    expect(formatCountdown(-SECOND)).toBe("0:00");
  });

  test("is said aloud when it passes 5 minutes and 1 minute, once", () => {
    expect(countdownAnnouncement(5 * MINUTE + SECOND, 5 * MINUTE)).toBe("5 minutes left");
    expect(countdownAnnouncement(5 * MINUTE, 5 * MINUTE - SECOND)).toBeNull();
    expect(countdownAnnouncement(MINUTE + SECOND, MINUTE)).toBe("1 minute left");
    expect(countdownAnnouncement(10 * MINUTE, 30 * SECOND)).toBe("1 minute left");
    expect(countdownAnnouncement(10 * MINUTE, 0)).toBeNull();
  });
});

test("relative times name their largest unit", () => {
  expect(formatRelative(at, at)).toBe("now");
  expect(formatRelative(at - 12 * MINUTE, at)).toBe("12 m ago");
  expect(formatRelative(at - 42 * SECOND, at)).toBe("42 s ago");
  expect(formatRelative(at + 3 * HOUR, at)).toBe("in 3 h");
  expect(formatRelative(at - 9 * DAY, at)).toBe("9 d ago");
  expect(formatSinceStart(at + 19 * MINUTE, at)).toBe("T+19 m");
  expect(formatSinceStart(at + 64 * MINUTE, at)).toBe("T+1 h 04 m");
  expect(formatSinceStart(at - 2 * MINUTE, at)).toBe("T−2 m");
});

test("lists are relative for a day, then dates, with the year where it is another", () => {
  expect(formatListTime(at, at + DAY - 1, berlin)).toBe("23 h ago");
  expect(formatListTime(at, at + DAY, berlin)).toBe("14 Nov 03:12");
  expect(formatListTime(at + DAY, at, berlin)).toBe("15 Nov 03:12");
  expect(formatDateTime(at, Date.parse("2027-01-02T00:00Z"), berlin)).toBe("14 Nov 2026 03:12");
});

test("the year is the reader's, not UTC's", () => {
  const newYear = Date.parse("2026-12-31T23:30:00Z");
  expect(formatDateTime(newYear, newYear + 2 * DAY, berlin)).toBe("1 Jan 00:30");
  expect(formatDateTime(newYear, newYear + 2 * DAY, { ...berlin, timeZone: "UTC" })).toBe(
    "31 Dec 2026 23:30",
  );
});

test("times whose weekday decides say it", () => {
  expect(formatDayTime(at, berlin)).toBe("Sat 14 Nov 03:12");
});

test("clocks follow zone, hour cycle and locale", () => {
  expect(formatClock(at, berlin)).toBe("03:12:08");
  expect(formatTime(at, { ...berlin, timeZone: "Asia/Calcutta" })).toBe("07:42");
  expect(formatTime(at, { ...berlin, hour12: true })).toBe("3:12 am");
  expect(formatClock(Date.parse("2026-11-14T23:00:00Z"), berlin)).toBe("00:00:00");
  expect(formatFullTime(at, berlin)).toBe("Sat 14 Nov 2026 03:12:08 CET");
  expect(formatDateTime(at, at, { ...berlin, locale: "de" })).toBe("14 Nov. 03:12");
  expect(formatTime(at, { ...berlin, locale: "ar-EG" })).toBe("03:12");
  expect(formatDateTime(at, at, { ...berlin, locale: "en-US" })).toBe("14 Nov 03:12");
});

test("a zone is called by its place", () => {
  expect(zoneCity("America/New_York")).toBe("New York");
  expect(zoneCity("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
  expect(zoneCity("UTC")).toBe("UTC");
});
