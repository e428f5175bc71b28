import { describe, expect, test } from "vitest";
import { findGaps } from "#lib/on-call/coverage";
import { resolveSchedule, whoIsOnCall } from "#lib/on-call/resolve";
import { layerOf, scheduleOf } from "#lib/on-call/schedule-fixture";
import { nextShift } from "#lib/on-call/shift-span";
import { validateSchedule } from "#lib/on-call/validate";

const NINE_TO_FIVE = [{ type: "daily" as const, startTime: "09:00", durationSeconds: 8 * 3600 }];
const zones = new Map([
  ["A", "America/New_York"],
  ["B", "Asia/Kolkata"],
]);
const day = (date: string) => ({ start: new Date(`${date}T00:00Z`), end: new Date(`${date}T24:00Z`) });

function spans(facts: Parameters<typeof resolveSchedule>[0], date: string): string[] {
  return resolveSchedule(facts, day(date)).map(
    ({ userId, start, end }) =>
      `${userId} ${start.toISOString().slice(11, 16)}–${end.toISOString().slice(11, 16)}`,
  );
}

describe("each member's own hours", () => {
  const together = scheduleOf("Etc/UTC", [layerOf("AB", {}, { ownHours: NINE_TO_FIVE })], { zones });

  test("are on the member's own clocks, also when those change", () => {
    // New York goes forward on 8 March 2026; India never does.
    expect(spans(together, "2026-03-06")).toEqual(["B 03:30–11:30", "A 14:00–22:00"]);
    expect(spans(together, "2026-03-09")).toEqual(["B 03:30–11:30", "A 13:00–21:00"]);
  });

  test("don't stop turns, and leave a visible gap where nobody's day is", () => {
    const turns = scheduleOf("Etc/UTC", [layerOf("A B", {}, { ownHours: NINE_TO_FIVE })], { zones });
    expect(spans(turns, "2024-08-05")).toEqual(["A 13:00–21:00"]);
    expect(spans(turns, "2024-08-06")).toEqual(["B 03:30–11:30"]);
    expect(
      findGaps(turns, day("2024-08-06")).map(({ start, end }) => [start.getUTCHours(), end.getUTCHours()]),
    ).toEqual([
      [0, 3],
      [11, 0],
    ]);
    const next = nextShift(turns, new Date("2024-08-06T12:00Z"));
    expect(next).toMatchObject({ userId: "A", start: new Date("2024-08-07T13:00Z") });
  });

  test("hide the layers below only while the member is on call", () => {
    const both = [layerOf("C"), layerOf("A", {}, { ownHours: NINE_TO_FIVE })];
    expect(spans(scheduleOf("Etc/UTC", both, { zones }), "2024-08-05")).toEqual([
      "C 00:00–13:00",
      "A 13:00–21:00",
      "C 21:00–00:00",
    ]);
  });

  test("count in addition to the layer's hours, and on the schedule's clocks for somebody of unknown zone", () => {
    const restrictions = [{ type: "daily" as const, startTime: "15:00", durationSeconds: 3 * 3600 }];
    const facts = scheduleOf("Etc/UTC", [layerOf("AZ", {}, { ownHours: NINE_TO_FIVE, restrictions })], {
      zones,
    });
    expect(spans(facts, "2024-08-05")).toEqual(["A 15:00–18:00", "Z 15:00–17:00"]);
    expect(whoIsOnCall(facts, new Date("2024-08-05T17:30Z")).map(({ userId }) => userId)).toEqual(["A"]);
  });

  test("are checked like other hours", () => {
    const ownHours = [{ type: "daily" as const, startTime: "25:00", durationSeconds: 0 }];
    const [fields] = [validateSchedule({ timeZone: "Etc/UTC", layers: [layerOf("A", {}, { ownHours })] })];
    expect(fields.map(({ field }) => field)).toEqual([
      "layers.0.ownHours.0.startTime",
      "layers.0.ownHours.0.durationSeconds",
    ]);
  });
});
