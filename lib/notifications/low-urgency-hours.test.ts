/* oxlint-disable vitest/no-standalone-expect -- a property is a test, which the rule does not see */
import { fc, it as property } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { firstAllowed, limitOfPerson, limitOfService } from "#lib/notifications/low-urgency-hours";

const WEEK = [1, 2, 3, 4, 5, 6, 7];
const person = (mode: "quiet" | "working", startTime: string, endTime: string, daysOfWeek = WEEK) =>
  limitOfPerson({ mode, startTime, endTime, daysOfWeek }, "Europe/Berlin");
const at = (text: string) => new Date(text);

describe("firstAllowed", () => {
  it("is the instant itself where nothing limits it", () => {
    const now = at("2026-11-23T03:00:00.000Z");
    expect(firstAllowed(now, [])).toEqual({ at: now, waitsFor: null });
    expect(firstAllowed(now, [person("quiet", "12:00", "13:00")])).toEqual({ at: now, waitsFor: null });
  });

  it("is the end of quiet hours, also across the change of clocks", () => {
    const quiet = person("quiet", "22:00", "07:00");
    expect(firstAllowed(at("2026-10-24T21:00:00.000Z"), [quiet]).at).toEqual(at("2026-10-25T06:00:00.000Z"));
  });

  it("is the next working morning", () => {
    const working = person("working", "09:00", "17:00", [1, 2, 3, 4, 5]);
    expect(firstAllowed(at("2026-11-21T10:00:00.000Z"), [working])).toEqual({
      at: at("2026-11-23T08:00:00.000Z"),
      waitsFor: "outside their working hours",
    });
  });

  it("is when the service is supported and the person may be told", () => {
    const support = { timeZone: "Europe/Berlin", startTime: "06:00", endTime: "20:00", daysOfWeek: WEEK };
    const both = [limitOfService(support), person("quiet", "22:00", "08:00")];
    expect(firstAllowed(at("2026-11-23T23:00:00.000Z"), both)).toEqual({
      at: at("2026-11-24T07:00:00.000Z"),
      waitsFor: "outside the service's support hours and quiet hours",
    });
  });

  it("gives up where there is no common time, and waits for the first alone", () => {
    const never = [person("working", "09:00", "10:00"), person("quiet", "08:00", "11:00")];
    expect(firstAllowed(at("2026-11-23T03:00:00.000Z"), never).at).toEqual(at("2026-11-23T08:00:00.000Z"));
  });

  it("holds nothing back for hours that can't be read or never end", () => {
    const now = at("2026-11-23T03:00:00.000Z");
    const broken = limitOfPerson({ mode: "working", startTime: "x", endTime: "y", daysOfWeek: WEEK }, "UTC");
    const always = person("quiet", "08:00", "08:00");
    expect(firstAllowed(now, [broken, always])).toEqual({ at: now, waitsFor: null });
  });

  const time = fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, "0")}:30`);
  const limit = fc
    .record({
      mode: fc.constantFrom("quiet" as const, "working" as const),
      startTime: time,
      endTime: time,
      daysOfWeek: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    })
    .map((hours) => limitOfPerson(hours, "America/New_York"));

  property.prop([fc.array(limit, { maxLength: 2 }), fc.integer({ min: 0, max: 365 * 24 * 60 })])(
    "is never before the instant, never more than eight days later, and allowed again when asked for it",
    (limits, minute) => {
      const now = new Date(Date.UTC(2026, 0, 1) + minute * 60_000);
      const { at: allowed, waitsFor } = firstAllowed(now, limits);
      expect(allowed.getTime() - now.getTime()).toBeGreaterThanOrEqual(0);
      expect(allowed.getTime() - now.getTime()).toBeLessThanOrEqual(15 * 86_400_000);
      expect(waitsFor === null).toBe(allowed.getTime() === now.getTime());
      if (limits.length === 1) expect(firstAllowed(allowed, limits).at).toEqual(allowed);
    },
  );
});
