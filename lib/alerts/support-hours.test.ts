import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isInSupportHours, nextSupportHoursBoundary } from "#lib/alerts/support-hours";
import type { SupportHours } from "#lib/services/service";

const WEEKDAYS = [1, 2, 3, 4, 5];
const OFFICE: SupportHours = {
  timeZone: "America/New_York",
  startTime: "09:00:00",
  endTime: "17:00:00",
  daysOfWeek: WEEKDAYS,
};
const NIGHT: SupportHours = { ...OFFICE, startTime: "22:00:00", endTime: "06:00:00", daysOfWeek: [5] };
const ALWAYS: SupportHours = {
  ...OFFICE,
  startTime: "00:00",
  endTime: "00:00",
  daysOfWeek: [1, 2, 3, 4, 5, 6, 7],
};

describe("isInSupportHours", () => {
  it.each([
    ["before they begin", OFFICE, "2026-01-12T13:59:59.999Z", false],
    ["at their start", OFFICE, "2026-01-12T14:00:00Z", true],
    ["right before their end", OFFICE, "2026-01-12T21:59:59.999Z", true],
    ["at their end", OFFICE, "2026-01-12T22:00:00Z", false],
    ["on a Sunday", OFFICE, "2026-01-11T15:00:00Z", false],
    ["in summer time an hour earlier in UTC", OFFICE, "2026-07-13T13:00:00Z", true],
    ["on the Monday after clocks went forward", OFFICE, "2026-03-09T13:00:00Z", true],
    ["on the Friday before clocks went forward", OFFICE, "2026-03-06T13:30:00Z", false],
    ["Friday night", NIGHT, "2026-01-17T03:00:00Z", true],
    ["past midnight of Friday night", NIGHT, "2026-01-17T10:59:59Z", true],
    ["at the end of Friday night", NIGHT, "2026-01-17T11:00:00Z", false],
    ["early on Friday, which belongs to Thursday night", NIGHT, "2026-01-16T10:00:00Z", false],
    ["at any time when they never end", ALWAYS, "2026-11-01T05:30:00Z", true],
    ["on no day", { ...OFFICE, daysOfWeek: [] }, "2026-01-12T15:00:00Z", false],
    ["in a zone with half hours", { ...OFFICE, timeZone: "Asia/Kolkata" }, "2026-01-12T03:30:00Z", true],
  ])("%s", (_name, hours, at, isInside) => {
    expect(isInSupportHours(hours, new Date(at))).toBe(isInside);
  });

  it.each([
    ["an unknown zone", { ...OFFICE, timeZone: "Mars/Olympus" }],
    ["a start that is no time", { ...OFFICE, startTime: "nine" }],
    ["an end that is no time", { ...OFFICE, endTime: "25:00:00" }],
  ])("can't tell with %s", (_name, hours) => {
    expect(isInSupportHours(hours, new Date("2026-01-12T15:00:00Z"))).toBeNull();
    expect(
      nextSupportHoursBoundary(hours, "support_hours_start", new Date("2026-01-12T15:00:00Z")),
    ).toBeNull();
  });
});

describe("nextSupportHoursBoundary", () => {
  it.each([
    [
      "the start on the same day",
      OFFICE,
      "support_hours_start",
      "2026-01-12T13:00:00Z",
      "2026-01-12T14:00:00.000Z",
    ],
    [
      "the next start when they have begun",
      OFFICE,
      "support_hours_start",
      "2026-01-12T14:00:00Z",
      "2026-01-13T14:00:00.000Z",
    ],
    [
      "the start over the weekend",
      OFFICE,
      "support_hours_start",
      "2026-01-09T22:00:00Z",
      "2026-01-12T14:00:00.000Z",
    ],
    [
      "the start over the change of clocks",
      OFFICE,
      "support_hours_start",
      "2026-03-06T22:00:00Z",
      "2026-03-09T13:00:00.000Z",
    ],
    ["the end of today", OFFICE, "support_hours_end", "2026-01-12T15:00:00Z", "2026-01-12T22:00:00.000Z"],
    [
      "the end after this very end",
      OFFICE,
      "support_hours_end",
      "2026-01-12T22:00:00Z",
      "2026-01-13T22:00:00.000Z",
    ],
    ["the end past midnight", NIGHT, "support_hours_end", "2026-01-17T03:00:00Z", "2026-01-17T11:00:00.000Z"],
    [
      "a start a whole week away",
      NIGHT,
      "support_hours_start",
      "2026-01-17T03:00:00Z",
      "2026-01-24T03:00:00.000Z",
    ],
    ["no end of hours that never end", ALWAYS, "support_hours_end", "2026-01-12T15:00:00Z", undefined],
    [
      "no start of hours on no day",
      { ...OFFICE, daysOfWeek: [] },
      "support_hours_start",
      "2026-01-12T15:00:00Z",
      undefined,
    ],
  ] as const)("finds %s", (_name, hours, boundary, at, expected) => {
    expect(nextSupportHoursBoundary(hours, boundary, new Date(at))?.toISOString()).toBe(expected);
  });

  it("is exactly where being inside changes", () => {
    const time = fc.constantFrom("00:00", "02:30:00", "09:00:00", "17:15", "23:59:59");
    const hours = fc.record({
      timeZone: fc.constantFrom(
        "America/New_York",
        "Europe/Berlin",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "UTC",
      ),
      startTime: time,
      endTime: time,
      daysOfWeek: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    });
    const instants = fc.date({
      min: new Date("2026-01-01T00:00:00Z"),
      max: new Date("2027-01-01T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(hours, instants, (supportHours, at) => {
        const inside = (instant: number) => isInSupportHours(supportHours, new Date(instant));
        const start = nextSupportHoursBoundary(supportHours, "support_hours_start", at)?.getTime();
        const end = nextSupportHoursBoundary(supportHours, "support_hours_end", at)?.getTime();
        expect([start, end].every((instant) => instant === undefined || instant > at.getTime())).toBe(true);
        expect(start === undefined || (inside(start) && !inside(start - 1))).toBe(true);
        expect(end === undefined || (!inside(end) && inside(end - 1))).toBe(true);
      }),
    );
  });
});
