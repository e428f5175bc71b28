import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { periodPlaces, periodsOf, rangeOf, unitOf } from "#lib/reports/period";

const at = (text: string) => Date.parse(text);
const iso = (ms: number) => new Date(ms).toISOString();
const nothing = { range: null, from: null, to: null };

describe("rangeOf", () => {
  const now = at("2026-11-22T20:00:00Z"); // A Sunday.

  test("thirteen weeks by default: twelve whole ones and the one that is running", () => {
    const range = rangeOf(nothing, "Europe/Berlin", now);
    expect([iso(range.start), iso(range.end)]).toEqual([
      "2026-08-23T22:00:00.000Z",
      "2026-11-22T23:00:00.000Z",
    ]);
    const periods = periodsOf(range, unitOf(range), "Europe/Berlin", now);
    expect(periods).toHaveLength(13);
    expect(periods.map(({ incomplete }) => incomplete)).toEqual([
      ...Array.from({ length: 12 }, () => false),
      true,
    ]);
  });

  test("dates are whole days of the zone, instants are instants", () => {
    const days = rangeOf({ range: null, from: "2026-03-29", to: "2026-03-29" }, "Europe/Berlin", now);
    // The day the clocks go forward has 23 hours.
    expect(days.end - days.start).toBe(23 * 3_600_000);
    const exact = rangeOf(
      { range: null, from: "2026-01-01T00:30:00.000Z", to: "2026-01-02T00:00:00.000Z" },
      "Asia/Tokyo",
      now,
    );
    expect([iso(exact.start), iso(exact.end)]).toEqual([
      "2026-01-01T00:30:00.000Z",
      "2026-01-02T00:00:00.000Z",
    ]);
  });

  test("is never empty, backwards or endless", () => {
    const backwards = rangeOf({ range: null, from: "2026-05-02", to: "2026-05-01" }, "Etc/UTC", now);
    expect(backwards.start).toBeLessThan(backwards.end);
    const endless = rangeOf({ range: null, from: "1970-01-01", to: "2026-05-01" }, "Etc/UTC", now);
    expect(iso(endless.start)).toBe("2020-05-02T00:00:00.000Z");
  });
});

describe("periodsOf", () => {
  test("months of a zone, the first and last cut by the range", () => {
    const range = { start: at("2026-01-10T00:00:00Z"), end: at("2026-04-01T04:00:00Z") };
    const months = periodsOf(range, "month", "America/New_York", at("2026-06-01T00:00:00Z"));
    expect(months.map(({ day, incomplete }) => [day, incomplete])).toEqual([
      ["2026-01-01", true],
      ["2026-02-01", false],
      ["2026-03-01", false],
    ]);
    expect(iso(months[2]?.start ?? 0)).toBe("2026-03-01T05:00:00.000Z");
    expect(iso(months[2]?.end ?? 0)).toBe("2026-04-01T04:00:00.000Z");
  });

  test.each(["Etc/UTC", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo"])(
    "weeks in %s follow each other without gaps and cover the range",
    (timeZone) => {
      const range = { start: at("2025-09-03T10:00:00Z"), end: at("2026-05-20T10:00:00Z") };
      const weeks = periodsOf(range, "week", timeZone, at("2027-01-01T00:00:00Z"));
      expect(weeks[0]?.start).toBe(range.start);
      expect(weeks.at(-1)?.end).toBe(range.end);
      for (const [index, week] of weeks.slice(1).entries()) expect(week.start).toBe(weeks[index]?.end);
    },
  );
});

test("the place of an instant is that of the last period which began by then", () => {
  const periods = fc
    .uniqueArray(fc.integer({ min: 0, max: 100 }), { maxLength: 12 })
    .map((starts) =>
      starts.toSorted((a, b) => a - b).map((start, index, all) => ({ start, end: all[index + 1] ?? 110 })),
    );
  const instants = fc
    .tuple(fc.array(fc.integer({ min: -10, max: 120 }), { maxLength: 60 }), fc.boolean())
    .map(([list, inOrder]) => (inOrder ? list.toSorted((a, b) => a - b) : list));
  fc.assert(
    fc.property(periods, instants, (all, list) => {
      expect([...periodPlaces(Float64Array.from(list), all)]).toEqual(
        list.map((instant) => all.findLastIndex(({ start }) => start <= instant)),
      );
    }),
  );
});
