import { expect, test } from "vitest";
import { readFairness } from "#lib/on-call/fairness";
import { layerOf, overrideOf, scheduleOf } from "#lib/on-call/schedule-fixture";

const twoWeeks = { start: new Date("2024-08-05T00:00:00Z"), end: new Date("2024-08-19T00:00:00Z") };
const noZones = () => undefined;

test("equal shares have no spread", () => {
  const facts = scheduleOf("UTC", [layerOf("A B", { unit: "week" })]);
  expect(readFairness(facts, twoWeeks, noZones)).toEqual({
    spreadPercent: 0,
    nightSpreadPercent: 0,
    people: [
      { userId: "A", hours: 168, nightHours: 63, deviationPercent: 0, nightDeviationPercent: 0 },
      { userId: "B", hours: 168, nightHours: 63, deviationPercent: 0, nightDeviationPercent: 0 },
    ],
  });
});

test("who carries more is named, and somebody without a turn counts", () => {
  const facts = scheduleOf("UTC", [layerOf("A B C", { unit: "week" })], {
    overrides: [overrideOf("A", "2024-08-12T00:00:00Z", "2024-08-13T00:00:00Z")],
  });
  const { spreadPercent, people } = readFairness(facts, twoWeeks, noZones);
  expect(people.map(({ userId, hours, deviationPercent }) => [userId, hours, deviationPercent])).toEqual([
    ["A", 192, 71],
    ["B", 144, 29],
    ["C", 0, -100],
  ]);
  expect(spreadPercent).toBe(100);
});

test("nights are those of the person's own clock", () => {
  const facts = scheduleOf("UTC", [
    layerOf("A", {}, { restrictions: [{ type: "daily", startTime: "13:00", durationSeconds: 9 * 3600 }] }),
  ]);
  const nights = (zone: string) => readFairness(facts, twoWeeks, () => zone).people[0]?.nightHours;
  expect(nights("UTC")).toBe(0);
  // 22:00–07:00 in Tokyo.
  expect(nights("Asia/Tokyo")).toBe(14 * 9);
});

test("equal hours may cost unequal sleep", () => {
  const half = (startTime: string) => ({
    restrictions: [{ type: "daily" as const, startTime, durationSeconds: 12 * 3600 }],
  });
  const facts = scheduleOf("UTC", [
    layerOf("A", {}, half("08:00")),
    layerOf("B", {}, { ...half("20:00"), id: "n" }),
  ]);
  const { spreadPercent, nightSpreadPercent, people } = readFairness(facts, twoWeeks, noZones);
  expect([spreadPercent, nightSpreadPercent]).toEqual([0, 100]);
  expect(people.map((it) => [it.userId, it.nightDeviationPercent])).toEqual([
    ["A", -100],
    ["B", 100],
  ]);
});

test("one person alone is neither fair nor unfair", () => {
  expect(readFairness(scheduleOf("UTC", [layerOf("A")]), twoWeeks, noZones).spreadPercent).toBeNull();
  expect(readFairness(scheduleOf("UTC", []), twoWeeks, noZones)).toEqual({
    spreadPercent: null,
    nightSpreadPercent: null,
    people: [],
  });
});

test("who is deactivated has no share", () => {
  const facts = scheduleOf("UTC", [layerOf("A B", { unit: "week" })], { activeUserIds: new Set(["A"]) });
  expect(readFairness(facts, twoWeeks, noZones).people.map(({ userId }) => userId)).toEqual(["A"]);
});
