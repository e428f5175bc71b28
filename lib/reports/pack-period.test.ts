import { describe, expect, test } from "vitest";
import { neighbour, packPeriod } from "#lib/reports/pack-period";

const NOW = Date.parse("2026-11-30T06:00:00Z"); // A Monday.
const iso = (instant: number) => new Date(instant).toISOString();

describe("packPeriod", () => {
  test("a quarter, a month and a week by their keys, in the zone", () => {
    const quarter = packPeriod("quarter", "2026-Q4", "America/New_York", NOW);
    expect([iso(quarter.start), iso(quarter.end), quarter.label]).toEqual([
      "2026-10-01T04:00:00.000Z",
      "2027-01-01T05:00:00.000Z",
      "Q4 2026",
    ]);
    expect(packPeriod("month", "2026-02", "Etc/UTC", NOW)).toMatchObject({
      key: "2026-02",
      label: "February 2026",
    });
    // Any day of the week names it.
    expect(packPeriod("week", "2026-11-25", "Etc/UTC", NOW).key).toBe("2026-11-23");
  });

  test("without a key, or with one that means nothing, the last complete one", () => {
    for (const key of [null, "2026-Q5", "nonsense", "2026-13", ""]) {
      expect(packPeriod("quarter", key, "Etc/UTC", NOW).key).toBe("2026-Q3");
      expect(packPeriod("month", key, "Etc/UTC", NOW).key).toBe("2026-10");
      expect(packPeriod("week", key, "Etc/UTC", NOW).key).toBe("2026-11-23");
    }
  });

  test("neighbours follow each other without gaps, whatever the clocks do", () => {
    for (const unit of ["week", "month", "quarter"] as const) {
      let period = packPeriod(unit, null, "Europe/Berlin", NOW);
      for (let step = 0; step < 20; step += 1) {
        const before = neighbour(period, -1, "Europe/Berlin");
        expect(before.end).toBe(period.start);
        expect(neighbour(before, 1, "Europe/Berlin")).toEqual(period);
        period = before;
      }
    }
  });
});
