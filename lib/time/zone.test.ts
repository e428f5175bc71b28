import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { addMonths, DAY, HOUR, MINUTE, monthsBetween, startOfDay, weekdayOf } from "#lib/time/calendar";
import { windowsIn } from "#lib/time/recurring-window";
import {
  formatTimeOfDay,
  formatWallClock,
  instantAt,
  parseTimeOfDay,
  parseWallClock,
  wallClockAt,
} from "#lib/time/wall-clock";
import { offsetAt, parseTimeZone, timeZoneOrUtc } from "#lib/time/zone";

const ZONES = [
  "Africa/Casablanca",
  "America/New_York",
  "America/Santiago",
  "America/Sao_Paulo",
  "America/St_Johns",
  "Antarctica/Troll",
  "Asia/Kathmandu",
  "Asia/Kolkata",
  "Asia/Tehran",
  "Australia/Lord_Howe",
  "Australia/Sydney",
  "Europe/Berlin",
  "Europe/Dublin",
  "Europe/London",
  "Pacific/Apia",
  "Pacific/Chatham",
  "UTC",
];

function temporalInstant(timeZone: string, wall: number): number {
  const text = new Date(wall).toISOString().slice(0, 19);
  return Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone, { disambiguation: "compatible" })
    .epochMilliseconds;
}

/** The instants at which a zone's clocks changed or will, from 2010 to 2028. */
function transitionsOf(timeZone: string): number[] {
  const found: number[] = [];
  let moment = Temporal.Instant.from("2010-01-01T00:00Z").toZonedDateTimeISO(timeZone);
  for (;;) {
    const next = moment.getTimeZoneTransition("next");
    if (!next || next.epochMilliseconds > Date.UTC(2028, 0)) return found;
    found.push(next.epochMilliseconds);
    moment = next;
  }
}

describe("wall clocks", () => {
  test.each(ZONES)("agree with Temporal at every clock change of %s", (timeZone) => {
    const wrong: string[] = [];
    for (const change of transitionsOf(timeZone)) {
      for (let minutes = -30 * 60; minutes <= 30 * 60; minutes += 75) {
        const instant = change + minutes * MINUTE;
        const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
        if (offsetAt(timeZone, instant) !== zoned.offsetNanoseconds / 1e6)
          wrong.push(`offset ${zoned.toString()}`);
        const wall = wallClockAt(timeZone, instant);
        // Also wall times that the change skips.
        for (const asked of [wall, wall + HOUR]) {
          if (instantAt(timeZone, asked) !== temporalInstant(timeZone, asked)) {
            wrong.push(`instant ${formatWallClock(asked)}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test("agree with Temporal at any time", () => {
    const wall = fc.integer({ min: Date.UTC(1990, 0) / MINUTE, max: Date.UTC(2060, 0) / MINUTE });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), wall, (timeZone, minutes) => {
        expect(instantAt(timeZone, minutes * MINUTE)).toBe(temporalInstant(timeZone, minutes * MINUTE));
      }),
      { numRuns: 500 },
    );
  });

  test("a skipped time moves forward by the gap, a repeated one is its first occurrence", () => {
    const at = (timeZone: string, text: string) =>
      new Date(instantAt(timeZone, parseWallClock(text) ?? Number.NaN)).toISOString();
    expect(at("America/New_York", "2026-03-08T02:30")).toBe("2026-03-08T07:30:00.000Z");
    expect(at("America/New_York", "2026-11-01T01:30")).toBe("2026-11-01T05:30:00.000Z");
    expect(at("Australia/Lord_Howe", "2026-10-04T02:15")).toBe("2026-10-03T15:45:00.000Z");
    expect(at("Pacific/Apia", "2011-12-30T09:00")).toBe("2011-12-30T19:00:00.000Z");
  });

  test("are read and written", () => {
    for (const text of ["2026-03-08T09:00", "2024-02-29T23:59:59", "2026-03-08T00:00"]) {
      expect(formatWallClock(parseWallClock(text) ?? Number.NaN)).toBe(text);
    }
    expect(parseWallClock("2026-03-08")).toBe(Date.UTC(2026, 2, 8));
    for (const text of [
      "2026-02-29",
      "2026-13-01",
      "2026-03-08T24:00",
      "2026-03-08 09:00",
      "26-03-08",
      "0026-03-08",
      "",
    ]) {
      expect(parseWallClock(text)).toBeNull();
    }
    expect(parseTimeOfDay("09:30")).toBe(34_200);
    expect(parseTimeOfDay("23:59:59")).toBe(86_399);
    expect(parseTimeOfDay("24:00")).toBe(86_400);
    for (const text of ["24:01", "9:30", "09:60", "09:30:60", "noon", "-1:00"]) {
      expect(parseTimeOfDay(text)).toBeNull();
    }
    expect(formatTimeOfDay(Date.UTC(2026, 0, 1, 9, 5))).toBe("09:05");
  });
});

test("zones are known by IANA names and aliases in any case, and nothing else", () => {
  expect(parseTimeZone("europe/berlin")).toEqual({ kind: "zone", timeZone: "Europe/Berlin" });
  expect(parseTimeZone("US/Eastern")).toEqual({ kind: "zone", timeZone: "US/Eastern" });
  for (const name of ["+01:00", "Berlin", "Europe/Berlin/", " UTC", "GMT+1", "2026"]) {
    expect(parseTimeZone(name)).toEqual({ kind: "unknown", name });
  }
  expect(timeZoneOrUtc("Nowhere/Else")).toBe("UTC");
  expect(timeZoneOrUtc("Asia/Calcutta")).toBe("Asia/Calcutta");
  expect(() => offsetAt("Nowhere/Else", 0)).toThrow(RangeError);
});

describe("the calendar", () => {
  const wall = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2060, 0) });

  test("adds months like Temporal, from the start and clamped", () => {
    fc.assert(
      fc.property(wall, fc.integer({ min: -500, max: 500 }), (start, months) => {
        const date = Temporal.PlainDateTime.from(new Date(start).toISOString().slice(0, 23));
        const expected = date.add({ months }).toZonedDateTime("UTC").epochMilliseconds;
        expect(addMonths(start, months)).toBe(expected);
        expect(monthsBetween(start, expected)).toBe(months);
      }),
    );
    const chain = [1, 2, 3].map((months) => formatWallClock(addMonths(Date.UTC(2026, 0, 31, 9), months)));
    expect(chain).toEqual(["2026-02-28T09:00", "2026-03-31T09:00", "2026-04-30T09:00"]);
  });

  test("knows weekdays and starts of days", () => {
    fc.assert(
      fc.property(wall, (time) => {
        const date = Temporal.PlainDateTime.from(new Date(time).toISOString().slice(0, 23));
        expect(weekdayOf(time)).toBe(date.dayOfWeek);
        expect(time - startOfDay(time)).toBe(time - Date.parse(`${date.toPlainDate().toString()}T00:00Z`));
      }),
    );
    expect(weekdayOf(Date.UTC(1969, 11, 29))).toBe(1);
  });
});

describe("recurring windows", () => {
  const nights = [{ weekday: null, startSecond: 22 * 3600, seconds: 8 * 3600 }];

  test("are clipped to the range and found from before it", () => {
    const start = Date.UTC(2026, 0, 5, 3);
    expect(windowsIn("UTC", nights, { start, end: start + DAY })).toEqual([
      { start, end: start + 3 * HOUR },
      { start: start + 19 * HOUR, end: start + DAY },
    ]);
    const week = [{ weekday: 1, startSecond: 0, seconds: 7 * 86_400 }];
    expect(windowsIn("UTC", week, { start, end: start + 30 * DAY })).toEqual([
      { start, end: start + 30 * DAY },
    ]);
  });

  test("of nothing, or in an empty range, are none", () => {
    expect(windowsIn("UTC", [], { start: 0, end: DAY })).toEqual([]);
    expect(windowsIn("UTC", nights, { start: DAY, end: DAY })).toEqual([]);
    expect(windowsIn("UTC", nights, { start: Number.NaN, end: DAY })).toEqual([]);
  });
});
