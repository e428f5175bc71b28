import { expect, test } from "vitest";
import type { LayerRestriction } from "#lib/on-call/schedule";
import {
  coverageRatio,
  coverageStatus,
  findEmptyShifts,
  findGaps,
  hoursPerPerson,
  upcomingGaps,
} from "#lib/on-call/coverage";
import { daily, layerOf, overrideOf, scheduleOf, weekly } from "#lib/on-call/schedule-fixture";

const NOW = new Date("2026-01-05T00:00:00Z");
const DAY = 86_400_000;

function days(count: number, from = NOW) {
  return { start: from, end: new Date(from.getTime() + count * DAY) };
}

function restricted(...restrictions: LayerRestriction[]) {
  return scheduleOf("UTC", [layerOf("A", {}, { restrictions })]);
}

test("case 90: seams of imported windows are tolerated, a minute is a gap, the threshold is a choice", () => {
  const seam = (seconds: number) =>
    restricted(
      { type: "daily", startTime: "00:00", durationSeconds: 43_200 - seconds },
      { type: "daily", startTime: "12:00", durationSeconds: 43_200 - seconds },
    );
  expect(findGaps(seam(0), days(3))).toEqual([]);
  expect(findGaps(seam(1), days(3))).toEqual([]);
  expect(coverageRatio(seam(1), days(3))).toBe(1);
  expect(findGaps(seam(5), days(3))).toEqual([]);
  expect(findGaps(seam(6), days(3))).toHaveLength(6);
  expect(findGaps(seam(60), days(3))).toHaveLength(6);
  expect(findGaps(seam(60), days(3), 60)).toEqual([]);
  expect(findGaps(seam(1), days(3), 0)).toHaveLength(6);
});

test("case 91: gaps are told from now for 30 days, leading ones and an empty schedule included", () => {
  const startsAt = new Date("2026-01-07T00:00:00Z");
  const endsAt = new Date("2026-03-01T00:00:00Z");
  const schedule = scheduleOf("UTC", [layerOf("A", {}, { startsAt, endsAt })]);
  const leading = { start: NOW, end: startsAt, because: "nobody-scheduled" };
  expect(upcomingGaps(schedule, NOW)).toEqual([leading]);
  expect(upcomingGaps(schedule, new Date("2026-01-20T00:00:00Z"))).toEqual([]);
  expect(findGaps(schedule, days(60))).toEqual([
    leading,
    { start: endsAt, end: days(60).end, because: "nobody-scheduled" },
  ]);
  expect(findGaps(scheduleOf("UTC", []), days(2))).toEqual([{ ...days(2), because: "nobody-scheduled" }]);
});

test("case 91: an empty shift is reported as what it is, whether or not a layer below covers it", () => {
  const upper = layerOf("B", {}, { id: "upper", restrictions: [daily("10:00", 4)] });
  const lower = layerOf("A", {}, { restrictions: [daily("12:00", 12)] });
  const schedule = scheduleOf("UTC", [lower, upper], { activeUserIds: new Set(["A"]) });
  const at = (hour: number) => new Date(NOW.getTime() + hour * 3_600_000);
  expect(findEmptyShifts(schedule, days(1))).toEqual([
    { start: at(10), end: at(14), userIds: ["B"], source: { kind: "layer", layerId: "upper" } },
  ]);
  expect(findGaps(schedule, days(1))).toEqual([
    { start: at(0), end: at(10), because: "nobody-scheduled" },
    { start: at(10), end: at(12), because: "nobody-available" },
  ]);
  const withEmptyTurn = scheduleOf("UTC", [layerOf("-")], { activeUserIds: new Set(["A"]) });
  expect(findEmptyShifts(withEmptyTurn, days(1))).toEqual([]);
  expect(findGaps(withEmptyTurn, days(1))[0]?.because).toBe("nobody-scheduled");
});

test("case 92: what is wrong first, with half-open shifts, and a ratio that is always a number", () => {
  const startsAt = new Date(NOW.getTime() + DAY);
  const schedule = scheduleOf("UTC", [layerOf("A", {}, { startsAt, endsAt: days(3).end })]);
  expect(coverageStatus(scheduleOf("UTC", []), NOW)).toBe("no-layers");
  expect(coverageStatus(scheduleOf("UTC", [layerOf("-")]), NOW)).toBe("no-people");
  expect(coverageStatus({ ...schedule, activeUserIds: new Set() }, startsAt)).toBe("no-people");
  expect(coverageStatus(schedule, NOW)).toBe("uncovered");
  expect(coverageStatus(schedule, startsAt)).toBe("covered");
  expect(coverageStatus(schedule, days(3).end)).toBe("uncovered");
  expect(coverageRatio(schedule, days(4))).toBe(0.5);
  expect(coverageRatio(schedule, { start: NOW, end: NOW })).toBe(0);
  expect(coverageRatio(schedule, { start: startsAt, end: NOW })).toBe(0);
  expect(coverageRatio(schedule, { start: NOW, end: new Date(Number.NaN) })).toBe(0);
});

test("case 94: declared off-duty times are no gaps and don't count", () => {
  const base = restricted(...weekly("Mo Tu We Th Fr", "00:00", 24));
  const [version] = base.versions;
  const offDuty = weekly("Sa Su", "00:00", 24);
  const schedule = { ...base, versions: [{ ...version!, definition: { ...version!.definition, offDuty } }] };
  expect(findGaps(base, days(14))).toHaveLength(2);
  expect(coverageRatio(base, days(7))).toBeCloseTo(5 / 7);
  expect(findGaps(schedule, days(14))).toEqual([]);
  expect(coverageRatio(schedule, days(14))).toBe(1);
  const saturday = new Date("2026-01-10T00:00:00Z");
  expect(coverageRatio(schedule, days(1, saturday))).toBe(1);
});

test("case 95: hours are elapsed hours of the final shifts", () => {
  const schedule = scheduleOf("America/New_York", [layerOf("A B", { virtualStart: "2026-03-07T00:00" })], {
    overrides: [overrideOf("C", "2026-03-08T10:00:00Z", "2026-03-08T12:00:00Z")],
  });
  const window = { start: new Date("2026-03-07T05:00:00Z"), end: new Date("2026-03-10T04:00:00Z") };
  // The 8th, of B, has 23 hours, 2 of which C takes.
  expect(Object.fromEntries(hoursPerPerson(schedule, window))).toEqual({ A: 48, B: 21, C: 2 });
});
