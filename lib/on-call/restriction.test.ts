import { expect, test } from "vitest";
import { findGaps } from "#lib/on-call/coverage";
import { resolveSchedule } from "#lib/on-call/resolve";
import { secondsBetween, secondsBetweenDays } from "#lib/on-call/restriction";
import {
  daily,
  layerOf,
  moment,
  onCallAt,
  onCallDaily,
  scheduleOf,
  shiftsIn,
  weekly,
} from "#lib/on-call/schedule-fixture";
import { currentShifts, nextShift } from "#lib/on-call/shift-span";

const WEEKEND = weekly("Fr", "22:00", 56);

test("case 55: daily windows trim days, over midnight into two pieces", () => {
  const restricted = (restrictions = [daily("11:00", 12)]) =>
    scheduleOf("UTC", [layerOf("A", {}, { restrictions })]);
  expect(shiftsIn(restricted(), "2026-01-05T00:00", "2026-01-06T00:00")).toEqual([
    "A 2026-01-05T11:00Z/2026-01-05T23:00Z",
  ]);
  expect(shiftsIn(restricted([daily("23:00", 12)]), "2026-01-05T00:00", "2026-01-06T00:00")).toEqual([
    "A 2026-01-05T00:00Z/2026-01-05T11:00Z",
    "A 2026-01-05T23:00Z/2026-01-06T00:00Z",
  ]);
  expect(shiftsIn(restricted([daily("09:00", 8)]), "2026-01-05T00:00", "2026-01-08T00:00")).toHaveLength(3);
});

test("case 56: the morning after an overnight window belongs to the turn begun at midnight, without a hole", () => {
  const schedule = scheduleOf("UTC", [
    layerOf("A B C", { virtualStart: "2026-01-05T00:00" }, { restrictions: [daily("22:00", 8)] }),
  ]);
  expect(onCallAt(schedule, "2026-01-06T03:00")).toBe("B");
  expect(shiftsIn(schedule, "2026-01-05T12:00", "2026-01-07T12:00")).toEqual([
    "A 2026-01-05T22:00Z/2026-01-06T00:00Z",
    "B 2026-01-06T00:00Z/2026-01-06T06:00Z",
    "B 2026-01-06T22:00Z/2026-01-07T00:00Z",
    "C 2026-01-07T00:00Z/2026-01-07T06:00Z",
  ]);
});

test("case 57: a weekly rotation covers every day of its week inside the daily window", () => {
  const schedule = scheduleOf("UTC", [
    layerOf("A B", { virtualStart: "2025-12-29T10:00", unit: "week" }, { restrictions: [daily("09:00", 8)] }),
  ]);
  expect(onCallDaily(schedule, "2026-01-06T11:00", 6)).toBe("B B B B B B");
  expect(onCallDaily(schedule, "2026-01-13T11:00", 6)).toBe("A A A A A A");
  expect(onCallDaily(schedule, "2026-01-06T03:00", 6)).toBe("- - - - - -");
  expect(onCallDaily(schedule, "2026-01-06T20:00", 6)).toBe("- - - - - -");
});

test("case 59: two-day turns from noon", () => {
  const schedule = scheduleOf("UTC", [
    layerOf("A B", { virtualStart: "2026-01-03T12:00", length: 2 }, { restrictions: [daily("09:00", 8)] }),
  ]);
  expect(onCallAt(schedule, "2026-01-06T11:00")).toBe("B");
  expect(onCallAt(schedule, "2026-01-08T11:00")).toBe("A");
});

test("case 60: a quarterly rotation is covered in its third month", () => {
  const schedule = scheduleOf("UTC", [
    layerOf(
      "A B",
      { virtualStart: "2026-01-01T00:00", unit: "month", length: 3 },
      {
        restrictions: [daily("09:00", 8)],
      },
    ),
  ]);
  expect(onCallAt(schedule, "2026-03-16T12:00")).toBe("A");
  expect(onCallAt(schedule, "2026-04-01T12:00")).toBe("B");
  expect(nextShift(schedule, new Date("2026-01-01T12:00:00Z"), "B")?.start).toEqual(
    new Date("2026-04-01T09:00:00Z"),
  );
});

test("case 62: a weekend window covers its nights and no others", () => {
  const schedule = scheduleOf("UTC", [layerOf("A", {}, { restrictions: WEEKEND })]);
  // From Monday 2026-01-05 on.
  expect(onCallDaily(schedule, "2026-01-05T02:00", 8)).toBe("A - - - - A A A");
  expect(onCallAt(schedule, "2026-01-05T05:59")).toBe("A");
  expect(onCallAt(schedule, "2026-01-05T06:00")).toBe("-");
  expect(onCallAt(schedule, "2026-01-09T21:59")).toBe("-");
  expect(onCallAt(schedule, "2026-01-09T22:00")).toBe("A");
});

test("case 63: the weekend window over two-week turns doubles nothing", () => {
  const schedule = scheduleOf("UTC", [
    layerOf("A B", { virtualStart: "2026-01-05T00:00", unit: "week", length: 2 }, { restrictions: WEEKEND }),
  ]);
  expect(shiftsIn(schedule, "2026-01-05T06:00", "2026-02-02T00:00")).toEqual([
    "A 2026-01-09T22:00Z/2026-01-12T06:00Z",
    "A 2026-01-16T22:00Z/2026-01-19T00:00Z",
    "B 2026-01-19T00:00Z/2026-01-19T06:00Z",
    "B 2026-01-23T22:00Z/2026-01-26T06:00Z",
    "B 2026-01-30T22:00Z/2026-02-02T00:00Z",
  ]);
});

test("case 64: the next coverage is found however far ahead", () => {
  const mondays = scheduleOf("UTC", [
    layerOf(
      "A B",
      { virtualStart: "2026-01-01T00:00", unit: "hour" },
      { restrictions: weekly("Mo", "00:00", 24) },
    ),
  ]);
  const next = nextShift(mondays, moment("UTC", "2026-01-06T01:00"));
  expect(next?.start).toEqual(new Date("2026-01-12T00:00:00Z"));
  const inAYear = scheduleOf("UTC", [layerOf("A", {}, { startsAt: new Date("2029-06-01T00:00:00Z") })]);
  expect(nextShift(inAYear, moment("UTC", "2026-01-06T01:00"))).toMatchObject({
    start: new Date("2029-06-01T00:00:00Z"),
    end: null,
  });
  const rareTurn = scheduleOf("UTC", [
    layerOf(
      "A B",
      { virtualStart: "2026-01-01T00:00", length: 365 },
      { restrictions: weekly("Mo", "09:00", 1) },
    ),
  ]);
  expect(nextShift(rareTurn, moment("UTC", "2026-01-06T01:00"), "B")?.start).toEqual(
    new Date("2027-01-04T09:00:00Z"),
  );
});

test("case 65: several weekly windows are their union, overlapping ones double nothing", () => {
  const split = scheduleOf("UTC", [
    layerOf("A", {}, { restrictions: weekly("Mo Tu We Th Fr", "09:00", 10) }),
  ]);
  expect(onCallDaily(split, "2026-01-05T12:00", 7)).toBe("A A A A A - -");
  const overlapping = scheduleOf("UTC", [
    layerOf("A", {}, { restrictions: [...weekly("Mo", "09:00", 10), ...weekly("Mo", "12:00", 10)] }),
  ]);
  expect(shiftsIn(overlapping, "2026-01-05T00:00", "2026-01-06T00:00")).toEqual([
    "A 2026-01-05T09:00Z/2026-01-05T22:00Z",
  ]);
});

test("case 66: no windows and whole-day windows restrict nothing, a missing minute is a gap", () => {
  expect(secondsBetween("00:00", "00:00")).toBe(86_400);
  expect(secondsBetween("00:00", "24:00")).toBe(86_400);
  expect(secondsBetween("22:00", "06:00")).toBe(8 * 3600);
  expect(secondsBetween("9:00", "17:00")).toBeNull();
  expect(secondsBetweenDays({ day: 5, time: "22:00" }, { day: 1, time: "06:00" })).toBe(56 * 3600);
  expect(secondsBetweenDays({ day: 1, time: "00:00" }, { day: 1, time: "00:00" })).toBe(7 * 86_400);
  const window = { start: new Date("2026-01-05T00:00:00Z"), end: new Date("2026-01-07T00:00:00Z") };
  const whole = ["A 2026-01-05T00:00Z/2026-01-07T00:00Z"];
  for (const restrictions of [[], [daily("00:00", 24)], [daily("09:00", 24)]]) {
    const schedule = scheduleOf("UTC", [layerOf("A", {}, { restrictions })]);
    expect(shiftsIn(schedule, "2026-01-05T00:00", "2026-01-07T00:00")).toEqual(whole);
  }
  const holed = scheduleOf("UTC", [
    layerOf(
      "A",
      {},
      {
        restrictions: [
          { type: "daily", startTime: "00:00", durationSeconds: secondsBetween("00:00", "23:59") ?? 0 },
        ],
      },
    ),
  ]);
  expect(findGaps(holed, window)).toEqual(
    [5, 6].map((day) => ({
      start: new Date(Date.UTC(2026, 0, day, 23, 59)),
      end: new Date(Date.UTC(2026, 0, day + 1)),
      because: "nobody-scheduled",
    })),
  );
});

test("case 67: outside its windows a layer is empty, and evaluation changes nothing it was given", () => {
  const schedule = scheduleOf("UTC", [
    layerOf("A B", { virtualStart: "2026-01-05T00:00" }, { restrictions: [daily("09:00", 8)] }),
  ]);
  const before = structuredClone(schedule);
  const days = ["2026-01-05", "2026-01-06", "2026-01-05"].map((date) =>
    shiftsIn(schedule, `${date}T00:00`, `${date}T23:00`),
  );
  expect(days.map((shifts) => shifts.map((shift) => shift[0]).join(""))).toEqual(["A", "B", "A"]);
  expect(days[2]).toEqual(days[0]);
  expect(shiftsIn(schedule, "2026-01-05T18:00", "2026-01-06T08:00")).toEqual([]);
  expect(schedule).toEqual(before);
});

test("case 68: a weekly window begins on its weekday, whichever day is asked", () => {
  const schedule = scheduleOf("Australia/Sydney", [
    layerOf("A", {}, { restrictions: weekly("We", "09:00", 8) }),
  ]);
  const [monday, sunday] = ["2026-01-05T12:00", "2026-01-11T12:00"];
  expect(onCallDaily(schedule, monday, 7)).toBe("- - A - - - -");
  expect(nextShift(schedule, moment("Australia/Sydney", sunday))?.start).toEqual(
    moment("Australia/Sydney", "2026-01-14T09:00"),
  );
});

test("a window that ends in a skipped hour ends when the clocks have moved", () => {
  const schedule = scheduleOf("America/New_York", [
    layerOf("A", {}, { restrictions: [daily("22:00", 4.5)] }),
  ]);
  expect(shiftsIn(schedule, "2026-03-07T12:00", "2026-03-08T12:00")).toEqual([
    "A 2026-03-08T03:00Z/2026-03-08T07:30Z",
  ]);
});

test("whole shifts keep their bounds at the window's edges, and one without an end says so", () => {
  const schedule = scheduleOf("Europe/Berlin", [
    layerOf("A B", { virtualStart: "2026-01-05T09:00", unit: "week" }),
  ]);
  expect(currentShifts(schedule, new Date("2026-03-25T00:00:00Z"))).toEqual([
    expect.objectContaining({
      userId: "B",
      start: new Date("2026-03-23T08:00:00Z"),
      end: new Date("2026-03-30T07:00:00Z"),
    }),
  ]);
  const always = scheduleOf("UTC", [layerOf("A", {}, { startsAt: new Date("2020-05-01T00:00:00Z") })]);
  expect(currentShifts(always, new Date("2026-03-25T00:00:00Z"))).toEqual([
    expect.objectContaining({ userId: "A", start: new Date("2020-05-01T00:00:00Z"), end: null }),
  ]);
  const clipped = resolveSchedule(always, {
    start: new Date("2026-03-25T00:00:00Z"),
    end: new Date("2026-03-26T00:00:00Z"),
  });
  expect(clipped[0]?.end).toEqual(new Date("2026-03-26T00:00:00Z"));
});
