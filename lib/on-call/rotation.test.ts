import { expect, test } from "vitest";
import { nextHandOff, nextShift } from "#lib/on-call/shift-span";
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
import { whoIsOnCall } from "#lib/on-call/resolve";

const WORKDAYS = "Mo Tu We Th Fr";

// A by-day mask of other tools is a set of weekly restrictions here: on a daily rotation the k-th matching
// day counts (`worked`), on a weekly or monthly one the calendar week or month (`clock`).

function dailyOn(days: string, turns: string, start: string, interval = 1) {
  const rotation = { virtualStart: `${start}T09:00`, length: interval, advance: "worked" as const };
  const restrictions = weekly(days, "09:00", 12);
  return scheduleOf("UTC", [
    layerOf(turns, rotation, { restrictions, startsAt: new Date(`${start}T09:00Z`) }),
  ]);
}

test("case 18: daily on Fridays", () => {
  const schedule = dailyOn("Fr", "A B C", "2024-08-01");
  expect(onCallDaily(schedule, "2024-08-01T12:00", 21)).toBe("- A - - - - - - B - - - - - - C - - - - -");
});

test("case 19: daily on workdays, five people", () => {
  const schedule = dailyOn(WORKDAYS, "A B C D E", "2024-08-05");
  expect(onCallDaily(schedule, "2024-08-05T12:00", 14)).toBe("A B C D E - - A B C D E - -");
});

test("case 20: every two workdays, pairs straddle the weekend", () => {
  const schedule = dailyOn(WORKDAYS, "A B C D", "2024-08-05", 2);
  expect(onCallDaily(schedule, "2024-08-05T12:00", 12)).toBe("A A B B C - - C D D A A");
});

test("case 21: weekly on workdays", () => {
  const schedule = scheduleOf("UTC", [
    layerOf("A B C D E", { unit: "week" }, { restrictions: weekly(WORKDAYS, "09:00", 12) }),
  ]);
  expect(onCallDaily(schedule, "2024-08-05T12:00", 14)).toBe("A A A A A - - B B B B B - -");
});

test("weekly with interval 2 is on in the first week of each turn", () => {
  const rotation = { unit: "week" as const, length: 2, shiftSeconds: 7 * 86_400 };
  const schedule = scheduleOf("UTC", [layerOf("A B", rotation, { restrictions: weekly("Mo", "09:00", 12) })]);
  const mondays = [0, 7, 14, 21, 28, 35].map(
    (day) => onCallDaily(schedule, "2024-08-05T12:00", 36).split(" ")[day],
  );
  expect(mondays).toEqual(["A", "-", "B", "-", "A", "-"]);
});

test("case 24: groups take turns", () => {
  const schedule = scheduleOf("UTC", [layerOf("AB C", { virtualStart: "2024-08-14T00:00" })]);
  expect(onCallDaily(schedule, "2024-08-14T12:00", 9)).toBe("AB C AB C AB C AB C AB");
});

test("case 29: no mask is every day", () => {
  const turns = "A B C D E F G H I J";
  const restricted = scheduleOf("UTC", [
    layerOf(turns, { virtualStart: "2024-09-30T09:00" }, { restrictions: [daily("09:00", 12)] }),
  ]);
  const expected = "A B C D E F G H I J A B C D E F G H";
  expect(onCallDaily(restricted, "2024-09-30T12:00", 18)).toBe(expected);
  const masked = dailyOn("Mo Tu We Th Fr Sa Su", turns, "2024-09-30");
  expect(onCallDaily(masked, "2024-09-30T12:00", 18)).toBe(expected);
});

test("case 30: every seven days with all days masked in, the same with none", () => {
  const turns = "A B C D E F G H I J";
  const masked = dailyOn("Mo Tu We Th Fr Sa Su", turns, "2024-09-30", 7);
  const expected = "A A A A A A A B B B B B B B C C C C";
  expect(onCallDaily(masked, "2024-09-30T12:00", 18)).toBe(expected);
  const plain = scheduleOf("UTC", [
    layerOf(turns, { virtualStart: "2024-09-30T09:00", length: 7 }, { restrictions: [daily("09:00", 12)] }),
  ]);
  expect(onCallDaily(plain, "2024-09-30T12:00", 18)).toBe(expected);
});

test("case 31: Mondays of one person, beginning on a Thursday", () => {
  const schedule = dailyOn("Mo", "A", "2024-08-01");
  expect(onCallDaily(schedule, "2024-08-01T12:00", 14)).toBe("- - - - A - - - - - - A - -");
});

test("case 32: monthly on workdays or weekends changes at the calendar month", () => {
  const monthly = (start: string, days: string) =>
    scheduleOf("UTC", [
      layerOf(
        "A B",
        { virtualStart: "2024-08-01T00:00", unit: "month" },
        {
          restrictions: weekly(days, "09:00", 12),
          startsAt: new Date(`${start}T00:00Z`),
        },
      ),
    ]);
  expect(onCallDaily(monthly("2024-08-26", WORKDAYS), "2024-08-26T12:00", 14)).toBe(
    "A A A A A - - B B B B B - -",
  );
  expect(onCallDaily(monthly("2024-08-29", WORKDAYS), "2024-08-29T12:00", 14)).toBe(
    "A A - - B B B B B - - B B B",
  );
  expect(onCallDaily(monthly("2024-08-29", "Sa Su"), "2024-08-29T12:00", 18)).toBe(
    "- - A B - - - - - B B - - - - - B B",
  );
});

test("case 33: daily on Monday, Wednesday and Friday alternates over the week", () => {
  const schedule = dailyOn("Mo We Fr", "A B", "2024-08-05");
  expect(onCallDaily(schedule, "2024-08-05T12:00", 14)).toBe("A - B - A - - B - A - B - -");
});

test("case 34: the same every two days", () => {
  const days = onCallDaily(dailyOn("Mo We Fr", "A B", "2024-08-05", 2), "2024-08-05T12:00", 36).split(" ");
  const of = (person: string) => days.flatMap((it, day) => (it === person ? [day] : []));
  expect(of("A")).toEqual([0, 2, 9, 11, 18, 21, 28, 30]);
  expect(of("B")).toEqual([4, 7, 14, 16, 23, 25, 32, 35]);
});

test("case 35: a rotation begun on a Monday for Wednesdays and Fridays first has a Wednesday", () => {
  const schedule = dailyOn("We Fr", "A B", "2024-08-05");
  expect(onCallDaily(schedule, "2024-08-05T12:00", 8)).toBe("- - A - B - - -");
});

test("case 37: every two days for three hours", () => {
  const schedule = scheduleOf("UTC", [
    layerOf("A B", { virtualStart: "2024-08-05T10:00", length: 2, shiftSeconds: 3 * 3600 }),
  ]);
  expect(onCallDaily(schedule, "2024-08-05T10:00", 7)).toBe("A - B - A - B");
  expect(onCallAt(schedule, "2024-08-05T12:59")).toBe("A");
  expect(onCallAt(schedule, "2024-08-05T13:00")).toBe("-");
});

test("case 38: turns before the layer starts are consumed", () => {
  const rotation = { virtualStart: "2024-08-05T00:00", unit: "hour" as const, length: 2, shiftSeconds: 600 };
  const schedule = scheduleOf("UTC", [layerOf("A B", rotation, { startsAt: new Date("2024-08-05T01:00Z") })]);
  const hours = [0, 1, 2, 3, 4, 5, 6].map((hour) => onCallAt(schedule, `2024-08-05T0${hour}:05`));
  expect(hours).toEqual(["-", "-", "B", "-", "A", "-", "B"]);
});

test("case 41: the first four days of each month", () => {
  const rotation = { virtualStart: "2024-12-01T00:00", unit: "month" as const, shiftSeconds: 4 * 86_400 };
  const schedule = scheduleOf("UTC", [
    layerOf("A B C", rotation, { startsAt: new Date("2024-12-10T00:00Z") }),
  ]);
  expect(onCallDaily(schedule, "2025-01-01T12:00", 6)).toBe("B B B B - -");
  expect(onCallDaily(schedule, "2025-02-01T12:00", 6)).toBe("C C C C - -");
  expect(onCallDaily(schedule, "2024-12-10T12:00", 22)).toBe(Array(22).fill("-").join(" "));
});

test("months are anchored to the start and clamped, never chained", () => {
  const schedule = scheduleOf("UTC", [layerOf("A B", { virtualStart: "2026-01-31T09:00", unit: "month" })]);
  expect(shiftsIn(schedule, "2026-01-31T09:00", "2026-05-31T09:00")).toEqual([
    "A 2026-01-31T09:00Z/2026-02-28T09:00Z",
    "B 2026-02-28T09:00Z/2026-03-31T09:00Z",
    "A 2026-03-31T09:00Z/2026-04-30T09:00Z",
    "B 2026-04-30T09:00Z/2026-05-31T09:00Z",
  ]);
  const yearly = scheduleOf("UTC", [
    layerOf("A B", { virtualStart: "2024-02-29T00:00", unit: "month", length: 12 }),
  ]);
  expect(shiftsIn(yearly, "2027-01-01T00:00", "2028-12-31T00:00")).toEqual([
    "A 2027-01-01T00:00Z/2027-02-28T00:00Z",
    "B 2027-02-28T00:00Z/2028-02-29T00:00Z",
    "A 2028-02-29T00:00Z/2028-12-31T00:00Z",
  ]);
});

test("case 42: hand-offs stay on the grid of the start, from wherever they are asked", () => {
  const at = (day: number) => new Date(Date.UTC(2026, 0, 1) + day * 86_400_000);
  const next = (unit: "hour" | "day" | "week", length: number, day: number) => {
    const schedule = scheduleOf("UTC", [layerOf("A B", { virtualStart: "2026-01-01T00:00", unit, length })]);
    const [current] = whoIsOnCall(schedule, at(day));
    const handOff = nextHandOff(schedule, at(day));
    return [current?.userId, handOff && (handOff.at.getTime() - at(0).getTime()) / 86_400_000];
  };
  expect(next("day", 2, 2.5)).toEqual(["B", 4]);
  expect(next("day", 3, 4.25)).toEqual(["B", 6]);
  expect(next("hour", 3, 10.5 / 24)).toEqual(["B", 12 / 24]);
  expect(next("week", 2, 20)).toEqual(["B", 28]);
  const schedule = scheduleOf("UTC", [layerOf("A B", { virtualStart: "2026-01-01T00:00", length: 2 })]);
  expect(shiftsIn(schedule, "2026-01-03T12:00", "2026-01-11T00:00").map((it) => it.slice(0, 12))).toEqual([
    "B 2026-01-03",
    "A 2026-01-05",
    "B 2026-01-07",
    "A 2026-01-09",
  ]);
});

test("asked at a hand-off, the next one is a whole turn later", () => {
  const schedule = scheduleOf("UTC", [layerOf("A B", { virtualStart: "2026-01-05T09:00", unit: "week" })]);
  const handOff = new Date("2026-01-05T09:00:00Z");
  const next = new Date("2026-01-12T09:00:00Z");
  expect(nextShift(schedule, handOff)).toMatchObject({ userId: "B", start: next });
  expect(nextHandOff(schedule, handOff)).toMatchObject({ at: next, onCall: [{ userId: "B" }] });
});

test("case 43: an hourly rotation is counted on however old it is", () => {
  const schedule = scheduleOf("Europe/Berlin", [
    layerOf("A B C", { virtualStart: "2016-01-01T00:00", unit: "hour" }),
  ]);
  const utc = scheduleOf("UTC", [layerOf("A B C", { virtualStart: "2016-01-01T00:00", unit: "hour" })]);
  expect(onCallAt(utc, new Date(Date.UTC(2016, 0, 1) + 12_000 * 3_600_000).toISOString())).toBe("A");
  const at = moment("Europe/Berlin", "2026-07-01T12:30");
  expect(whoIsOnCall(schedule, at)).toHaveLength(1);
});

test.each([0, -3, Number.NaN, 0.5, Number.POSITIVE_INFINITY])(
  "case 45: a turn of %d units counts as 1 where it got in, and evaluation ends",
  (length) => {
    for (const unit of ["second", "hour", "day", "week", "month"] as const) {
      const schedule = scheduleOf("UTC", [layerOf("A B", { unit, length })]);
      const one = scheduleOf("UTC", [layerOf("A B", { unit, length: unit === "second" ? 3600 : 1 })]);
      expect(shiftsIn(schedule, "2026-01-01T00:00", "2026-01-01T03:00")).toEqual(
        shiftsIn(one, "2026-01-01T00:00", "2026-01-01T03:00"),
      );
      expect(nextShift(schedule, new Date("2026-01-01T00:00Z"), "B")?.userId).toBe("B");
      expect(nextShift(schedule, new Date("2026-01-01T00:00Z"), "Z")).toBeNull();
    }
  },
);

test("case 46: nobody, one person, a person twice, everybody of a group", () => {
  const nobody = scheduleOf("UTC", [{ ...layerOf("A"), turns: [] }]);
  expect(shiftsIn(nobody, "2026-01-01T00:00", "2026-02-01T00:00")).toEqual([]);
  expect(nextHandOff(nobody, new Date("2026-01-01T00:00Z"))).toBeNull();
  const one = scheduleOf("UTC", [layerOf("A")]);
  expect(shiftsIn(one, "2026-01-01T00:00", "2026-02-01T00:00")).toEqual([
    "A 2026-01-01T00:00Z/2026-02-01T00:00Z",
  ]);
  const twice = scheduleOf("UTC", [layerOf("A A B")]);
  expect(onCallDaily(twice, "2024-08-05T12:00", 6)).toBe("A A B A A B");
  const groups = scheduleOf("UTC", [layerOf("ABC DD -")]);
  expect(onCallDaily(groups, "2024-08-05T12:00", 4)).toBe("ABC D - ABC");
});

test("case 98: a layer that ends before it starts, or before its first turn, has no shifts", () => {
  const [early, late] = [new Date("2026-01-05T00:00:00Z"), new Date("2026-01-06T00:00:00Z")];
  const inverted = scheduleOf("UTC", [layerOf("A", {}, { startsAt: late, endsAt: early })]);
  expect(shiftsIn(inverted, "2026-01-01T00:00", "2026-02-01T00:00")).toEqual([]);
  expect(nextShift(inverted, early)).toBeNull();
  const tooShort = scheduleOf("UTC", [
    layerOf("A", {}, { startsAt: early, endsAt: late, restrictions: weekly("We", "09:00", 8) }),
  ]);
  expect(shiftsIn(tooShort, "2026-01-01T00:00", "2026-02-01T00:00")).toEqual([]);
  expect(nextHandOff(tooShort, early)).toBeNull();
});

// 5.3: the same fixture in both ways of advancing.

function workdays(advance: "clock" | "worked", start = "2026-01-04T19:00") {
  return scheduleOf("UTC", [
    layerOf("A B C", { virtualStart: start, advance }, { restrictions: weekly(WORKDAYS, "09:00", 10) }),
  ]);
}

test("case 50: in a worked rotation the weekend burns no turns", () => {
  expect(onCallDaily(workdays("worked"), "2026-01-05T12:00", 14)).toBe("A B C A B - - C A B C A - -");
});

test("case 51: in a clock rotation the weekend burns turns", () => {
  expect(onCallDaily(workdays("clock"), "2026-01-05T12:00", 8)).toBe("A B C A B - - B");
});

test("case 52: a worked rotation gives each week the same answer asked alone", () => {
  const schedule = workdays("worked");
  const week = (from: string, to: string) =>
    shiftsIn(schedule, `${from}T00:00`, `${to}T00:00`).map((shift) => shift[0]);
  expect(week("2026-01-05", "2026-01-12")).toEqual(["A", "B", "C", "A", "B"]);
  expect(week("2026-01-12", "2026-01-19")).toEqual(["C", "A", "B", "C", "A"]);
  // Before its start the rotation runs backwards; 520 weeks later 2,600 turns have been worked.
  expect(week("2025-12-29", "2026-01-05")).toEqual(["B", "C", "A", "B", "C"]);
  expect(week("2035-12-24", "2035-12-31")).toEqual(["C", "A", "B", "C", "A"]);
});

test("a worked rotation by hours counts whole covered turns", () => {
  const schedule = scheduleOf("UTC", [
    layerOf(
      "A B C",
      { virtualStart: "2026-01-05T06:00", unit: "hour", length: 12, advance: "worked" },
      {
        restrictions: weekly(WORKDAYS, "09:00", 8),
      },
    ),
  ]);
  expect(onCallDaily(schedule, "2026-01-05T12:00", 8)).toBe("A B C A B - - C");
});

test("a worked rotation is not moved by a window that a clock change swallows", () => {
  const rotation = { virtualStart: "2026-03-06T00:00", advance: "worked" as const };
  const schedule = scheduleOf("America/New_York", [
    layerOf("A B", rotation, { restrictions: [{ type: "daily", startTime: "02:15", durationSeconds: 900 }] }),
  ]);
  expect(onCallDaily(schedule, "2026-03-06T02:20", 2)).toBe("A B");
  expect(shiftsIn(schedule, "2026-03-08T00:00", "2026-03-09T00:00")).toEqual([
    "A 2026-03-08T07:15Z/2026-03-08T07:30Z",
  ]);
  expect(onCallDaily(schedule, "2026-03-09T02:20", 2)).toBe("B A");
});

test.each(["clock", "worked"] as const)(
  "case 54: at 20:00 the next shift is the next day's (%s)",
  (advance) => {
    const office = (turns: string, length: number) =>
      scheduleOf("UTC", [
        layerOf(
          turns,
          { virtualStart: "2026-01-06T00:00", length, advance },
          { restrictions: [daily("09:00", 8)] },
        ),
      ]);
    const nextAfterEvenings = (turns: string, length: number) =>
      Array.from({ length: 9 }, (_, day) => {
        const shift = nextShift(office(turns, length), new Date(Date.UTC(2026, 0, 6 + day, 20)));
        expect(shift?.start.toISOString()).toBe(new Date(Date.UTC(2026, 0, 7 + day, 9)).toISOString());
        return shift?.userId;
      }).join("");
    expect(nextAfterEvenings("A B", 1)).toBe("BABABABAB");
    expect(nextAfterEvenings("A B", 2)).toBe("ABBAABBAA");
    expect(nextAfterEvenings("A B C", 1)).toBe("BCABCABCA");
  },
);
