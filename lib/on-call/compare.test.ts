import { expect, test } from "vitest";
import { compareSchedules } from "#lib/on-call/compare";
import { daily, layerOf, overrideOf, scheduleOf } from "#lib/on-call/schedule-fixture";

const window = { start: new Date("2026-01-05T00:00:00Z"), end: new Date("2026-01-09T00:00:00Z") };

function day(date: number, hour = 0): Date {
  return new Date(Date.UTC(2026, 0, date, hour));
}

const rotation = { virtualStart: "2026-01-05T00:00" };

test("a draft that changes nobody's times changes nothing, whatever it changes within", () => {
  const published = scheduleOf("UTC", [layerOf("A B", rotation)]);
  const split = scheduleOf("UTC", [
    layerOf("A -", rotation, { id: "first" }),
    layerOf("- B", rotation, { id: "second" }),
  ]);
  expect(compareSchedules(published, split, window)).toEqual({
    added: [],
    removed: [],
    changed: [],
    people: [],
    newGaps: [],
  });
});

test("shifts are gained and lost by person", () => {
  const comparison = compareSchedules(
    scheduleOf("UTC", [layerOf("A B", rotation)]),
    scheduleOf("UTC", [layerOf("A C", rotation)]),
    window,
  );
  expect(comparison.added).toEqual([
    { userId: "C", start: day(6), end: day(7) },
    { userId: "C", start: day(8), end: day(9) },
  ]);
  expect(comparison.removed.map((shift) => shift.userId)).toEqual(["B", "B"]);
  expect(comparison.people).toEqual([
    { userId: "B", shiftsGained: 0, shiftsLost: 2, shiftsMoved: 0, hoursChanged: -48 },
    { userId: "C", shiftsGained: 2, shiftsLost: 0, shiftsMoved: 0, hoursChanged: 48 },
  ]);
});

test("a shift whose bounds move is one changed shift, and lost cover is a new gap", () => {
  const published = scheduleOf("UTC", [layerOf("A", {}, { restrictions: [daily("08:00", 12)] })]);
  const drafted = {
    ...scheduleOf("UTC", [layerOf("A", {}, { restrictions: [daily("09:00", 8)] })]),
    overrides: [overrideOf("B", "2026-01-08T00:00Z", "2026-01-09T00:00Z")],
  };
  const comparison = compareSchedules(published, drafted, window);
  expect(comparison.changed).toHaveLength(3);
  expect(comparison.changed[0]).toEqual({
    userId: "A",
    before: { userId: "A", start: day(5, 8), end: day(5, 20) },
    after: { userId: "A", start: day(5, 9), end: day(5, 17) },
  });
  expect(comparison.people[0]).toEqual({
    userId: "A",
    shiftsGained: 0,
    shiftsLost: 1,
    shiftsMoved: 3,
    hoursChanged: -24,
  });
  expect(comparison.newGaps.slice(0, 2)).toEqual([
    { start: day(5, 8), end: day(5, 9), because: "nobody-scheduled" },
    { start: day(5, 17), end: day(5, 20), because: "nobody-scheduled" },
  ]);
  expect(comparison.newGaps).toHaveLength(6);
});
