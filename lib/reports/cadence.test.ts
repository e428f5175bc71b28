import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextDue } from "#lib/reports/cadence";
import type { Cadence } from "#lib/reports/cadence";
import { cadenceWords } from "#lib/reports/cadence-words";

const at = (text: string) => Date.parse(text);
const iso = (instant: number) => new Date(instant).toISOString();
const NEW_YORK = "America/New_York";

describe("nextDue", () => {
  test("every Monday at nine stays nine when the clocks change", () => {
    const cadence: Cadence = { every: "week", on: 1, minute: 540, timeZone: NEW_YORK };
    const before = nextDue(cadence, at("2026-10-26T13:00:00.001Z"));
    expect(iso(before)).toBe("2026-11-02T14:00:00.000Z");
    expect(iso(nextDue(cadence, at("2026-10-20T00:00:00Z")))).toBe("2026-10-26T13:00:00.000Z");
  });

  test("a time of day that is skipped is sent all the same, one that comes twice is sent once", () => {
    const skipped: Cadence = { every: "day", on: null, minute: 150, timeZone: NEW_YORK };
    expect(iso(nextDue(skipped, at("2026-03-08T05:30:00Z")))).toBe("2026-03-08T07:30:00.000Z");
    const twice: Cadence = { every: "day", on: null, minute: 90, timeZone: NEW_YORK };
    const first = nextDue(twice, at("2026-11-01T04:30:00Z"));
    expect(iso(first)).toBe("2026-11-01T05:30:00.000Z");
    expect(iso(nextDue(twice, first))).toBe("2026-11-02T06:30:00.000Z");
  });

  test("the 31st is the last day of a shorter month", () => {
    const cadence: Cadence = { every: "month", on: 31, minute: 0, timeZone: "Etc/UTC" };
    expect(iso(nextDue(cadence, at("2026-02-01T00:00:00Z")))).toBe("2026-02-28T00:00:00.000Z");
    expect(iso(nextDue(cadence, at("2026-02-28T00:00:00Z")))).toBe("2026-03-31T00:00:00.000Z");
  });

  test("each day has one instant, whatever the zone: never an earlier one, never one missed", () => {
    const zones = fc.constantFrom(
      NEW_YORK,
      "Europe/Berlin",
      "Australia/Lord_Howe",
      "Asia/Kolkata",
      "Etc/UTC",
    );
    fc.assert(
      fc.property(
        zones,
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 0, max: 365 }),
        (timeZone, minute, day) => {
          const cadence: Cadence = { every: "day", on: null, minute, timeZone };
          let instant = at("2026-01-01T00:00:00Z") + day * 86_400_000;
          for (let count = 0; count < 5; count += 1) {
            const next = nextDue(cadence, instant);
            expect(next).toBeGreaterThan(instant);
            expect(next - instant).toBeLessThanOrEqual(26 * 3_600_000);
            instant = next;
          }
        },
      ),
    );
  });

  test("reads as people say it", () => {
    expect(cadenceWords({ every: "week", on: 1, minute: 545, timeZone: NEW_YORK })).toBe(
      "Every Monday at 09:05 (America/New_York)",
    );
  });
});
