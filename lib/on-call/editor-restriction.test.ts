import { describe, expect, test } from "vitest";
import { restrictionEnd, withRestrictionEnd, workWeek } from "#lib/on-call/editor-restriction";

const HOUR = 3600;
const night = { type: "daily", startTime: "22:00", durationSeconds: 8 * HOUR } as const;
const weekend = { type: "weekly", startDay: 5, startTime: "18:00", durationSeconds: 63 * HOUR } as const;

describe("the end of hours", () => {
  test("is read over midnight and over the end of the week", () => {
    expect(restrictionEnd(night)).toEqual({ day: null, time: "06:00" });
    expect(restrictionEnd(weekend)).toEqual({ day: 1, time: "09:00" });
    expect(
      restrictionEnd({ ...weekend, startDay: 1, startTime: "09:00", durationSeconds: 8 * HOUR }),
    ).toEqual({
      day: 1,
      time: "17:00",
    });
  });

  test("is what it was set to", () => {
    for (const restriction of [night, weekend, ...workWeek()]) {
      expect(withRestrictionEnd(restriction, restrictionEnd(restriction))).toEqual(restriction);
    }
    expect(withRestrictionEnd(night, { day: null, time: "23:30" }).durationSeconds).toBe(1.5 * HOUR);
    expect(withRestrictionEnd(weekend, { day: 6, time: "18:00" }).durationSeconds).toBe(24 * HOUR);
  });

  test("equal to the start is a whole day or week", () => {
    expect(withRestrictionEnd(night, { day: null, time: "22:00" }).durationSeconds).toBe(24 * HOUR);
    expect(withRestrictionEnd(weekend, { day: 5, time: "18:00" }).durationSeconds).toBe(168 * HOUR);
  });

  test("that is no time yet changes nothing", () => {
    expect(withRestrictionEnd(night, { day: null, time: "" })).toEqual(night);
  });
});
