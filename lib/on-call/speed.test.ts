import { expect, test } from "vitest";
import { resolveSchedule, whoIsOnCall } from "#lib/on-call/resolve";
import { daily, layerOf, scheduleOf, weekly } from "#lib/on-call/schedule-fixture";

/** The fastest of some runs, in milliseconds: a busy machine slows single ones. */
function fastest(run: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const before = performance.now();
    run();
    return performance.now() - before;
  });
  return Math.min(...times);
}

const START = "2016-01-01T09:00";

test("case 109: who is on call in 500 schedules of 10 layers takes less than 300 ms", () => {
  const zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"];
  const units = ["hour", "day", "week", "month"] as const;
  const layers = Array.from({ length: 10 }, (_, index) =>
    layerOf(
      "A B C",
      { virtualStart: START, unit: units[index % 4] },
      {
        restrictions: index % 2 ? [daily("09:00", 8)] : weekly("Mo Tu We Th Fr", "09:00", 8),
        together: true,
      },
    ),
  );
  const schedules = Array.from({ length: 500 }, (_, index) => scheduleOf(zones[index % 4] ?? "UTC", layers));
  const at = new Date("2026-07-01T12:00:00Z");
  expect(fastest(() => schedules.map((schedule) => whoIsOnCall(schedule, at)))).toBeLessThan(300);
});

test("case 109: three months of an hourly layer take less than 200 ms, a year of weeks less than 50", () => {
  const window = { start: new Date("2026-07-01T00:00:00Z"), end: new Date("2026-10-01T00:00:00Z") };
  const hourly = scheduleOf("Europe/Berlin", [layerOf("A B C", { virtualStart: START, unit: "hour" })]);
  expect(resolveSchedule(hourly, window)).toHaveLength(92 * 24);
  expect(fastest(() => resolveSchedule(hourly, window))).toBeLessThan(200);
  const restrictions = weekly("Mo Tu We Th Fr", "09:00", 8);
  const weeks = scheduleOf("Europe/Berlin", [
    layerOf("A B C", { virtualStart: START, unit: "week" }, { restrictions }),
  ]);
  const year = { start: window.start, end: new Date("2027-07-01T00:00:00Z") };
  expect(fastest(() => resolveSchedule(weeks, year))).toBeLessThan(50);
});
