import { expect, test } from "vitest";
import type { LayerDefinition, LayerRotation, LayerRestriction } from "#lib/on-call/schedule";
import { daily, layerOf, moment, overrideOf, scheduleOf, weekly } from "#lib/on-call/schedule-fixture";
import { splitWindow } from "#lib/on-call/split-window";
import { turnLengthFromSeconds, turnLengthSeconds } from "#lib/on-call/turn-length";
import { scheduleWarnings, type ScheduleWarning } from "#lib/on-call/warnings";

const window = { start: new Date("2026-01-05T00:00:00Z"), end: new Date("2026-01-19T00:00:00Z") };
const NOON = { virtualStart: "2026-01-05T12:00" };

function warnings<K extends ScheduleWarning["kind"]>(
  kind: K,
  layers: LayerDefinition[],
  rest: Parameters<typeof scheduleOf>[2] & { zones?: ReadonlyMap<string, string> } = {},
): Extract<ScheduleWarning, { kind: K }>[] {
  return scheduleWarnings(scheduleOf("UTC", layers, rest), window, rest.zones).filter(
    (it): it is Extract<ScheduleWarning, { kind: K }> => it.kind === kind,
  );
}

function split(turns: string, rotation: Partial<LayerRotation>, ...restrictions: LayerRestriction[]) {
  return splitWindow(layerOf(turns, rotation, { restrictions }));
}

test("a sound schedule warns of nothing", () => {
  expect(scheduleWarnings(scheduleOf("UTC", [layerOf("A B", NOON)]), window)).toEqual([]);
});

test("layers with one person or none, and layers that end", () => {
  expect(warnings("single-person", [layerOf("A A", {}, { id: "L" })])).toEqual([
    { kind: "single-person", layerId: "L", userId: "A" },
  ]);
  expect(warnings("no-people", [layerOf("- -", {}, { id: "L" })])).toEqual([
    { kind: "no-people", layerId: "L" },
  ]);
  const endsAt = new Date("2026-01-12T00:00:00Z");
  expect(warnings("layer-ends", [layerOf("A B", {}, { id: "L", endsAt })])).toEqual([
    { kind: "layer-ends", layerId: "L", at: endsAt },
  ]);
  const over = layerOf("A", {}, { endsAt: window.start });
  expect(scheduleWarnings(scheduleOf("UTC", [layerOf("A B", NOON), over]), window)).toEqual([]);
});

test("case 56: a hand-off that cuts a window in two, with the times that would not", () => {
  const midnight = { virtualStart: "2026-01-05T00:00" };
  expect(split("A B C", midnight, daily("22:00", 8))).toEqual({
    handOff: "00:00",
    suggestions: ["06:00", "22:00"],
  });
  expect(split("A B C", { virtualStart: "2026-01-05T06:00" }, daily("22:00", 8))).toBeNull();
  expect(split("A B C", { virtualStart: "2026-01-05T22:00" }, daily("22:00", 8))).toBeNull();
  expect(split("A", midnight, daily("22:00", 8))).toBeNull();
  const monday = { virtualStart: "2026-01-05T00:00", unit: "week" as const };
  expect(split("A B", monday, ...weekly("Fr", "22:00", 56))).toEqual({
    handOff: "00:00",
    suggestions: ["06:00", "22:00"],
  });
  expect(split("A B", monday, ...weekly("Sa Su", "09:00", 8))).toBeNull();
  // A weekend is longer than a day's turn, so something has to cut it.
  expect(split("A B", midnight, ...weekly("Fr", "22:00", 56))).toBeNull();
  expect(
    warnings("hand-off-splits-window", [
      layerOf("A B", midnight, { id: "L", restrictions: [daily("22:00", 8)] }),
    ]),
  ).toEqual([
    { kind: "hand-off-splits-window", layerId: "L", handOff: "00:00", suggestions: ["06:00", "22:00"] },
  ]);
});

test("hand-offs at night are told by the clock of who receives them", () => {
  const layers = [layerOf("A B", { virtualStart: "2026-01-05T09:00" })];
  expect(warnings("night-hand-off", layers)).toEqual([]);
  const zones = new Map([["B", "America/New_York"]]);
  expect(warnings("night-hand-off", layers, { zones })).toEqual([
    {
      kind: "night-hand-off",
      userId: "B",
      at: new Date("2026-01-06T09:00:00Z"),
      localTime: "04:00",
      timeZone: "America/New_York",
      count: 7,
    },
  ]);
  const at = (hour: string) =>
    warnings("night-hand-off", [layerOf("A B", { virtualStart: `2026-01-05T${hour}` })]);
  expect(at("21:59")).toEqual([]);
  expect(at("22:00")).toHaveLength(2);
  expect(at("06:59")).toHaveLength(2);
  expect(at("07:00")).toEqual([]);
});

test("people with two slots at once, by layers or by an override", () => {
  const [start, end] = [new Date("2026-01-06T12:00:00Z"), new Date("2026-01-07T12:00:00Z")];
  const layers = [layerOf("A B", NOON), layerOf("C D", NOON, { together: true })];
  expect(warnings("in-two-places", layers)).toEqual([]);
  const overrides = [overrideOf("D", start.toISOString(), end.toISOString(), { replacesUserId: "B" })];
  expect(warnings("in-two-places", layers, { overrides })).toEqual([
    { kind: "in-two-places", userId: "D", start, end },
  ]);
  expect(warnings("in-two-places", [layerOf("A", NOON), layerOf("A", NOON, { together: true })])).toEqual([
    { kind: "in-two-places", userId: "A", ...window },
  ]);
  expect(warnings("in-two-places", [layerOf("A", NOON), layerOf("A", NOON)])).toEqual([]);
});

test("stretches of more than a week, with nights off or without", () => {
  const weeks = (days: number) => [layerOf("A B", { ...NOON, length: days })];
  expect(warnings("long-stretch", weeks(7))).toEqual([]);
  expect(warnings("long-stretch", weeks(8))).toMatchObject([{ userId: "A", days: 8 }]);
  const office = layerOf("A", {}, { restrictions: [daily("09:00", 8)] });
  expect(warnings("long-stretch", [office])).toMatchObject([{ userId: "A", days: 14 }]);
  const workdays = layerOf("A", {}, { restrictions: weekly("Mo Tu We Th Fr", "09:00", 8) });
  expect(warnings("long-stretch", [workdays])).toEqual([]);
});

test("shifts that the clocks make longer or shorter", () => {
  const schedule = scheduleOf("Europe/Berlin", [layerOf("A B", { virtualStart: "2026-03-01T09:00" })]);
  const spring = {
    start: moment("Europe/Berlin", "2026-03-25T00:00"),
    end: moment("Europe/Berlin", "2026-04-02T00:00"),
  };
  expect(scheduleWarnings(schedule, spring).filter((it) => it.kind === "clock-change")).toEqual([
    {
      kind: "clock-change",
      userId: "B",
      start: moment("Europe/Berlin", "2026-03-28T09:00"),
      end: moment("Europe/Berlin", "2026-03-29T09:00"),
      hours: 23,
      usualHours: 24,
    },
  ]);
});

test("people who are not available", () => {
  const layers = [layerOf("A B", NOON, { id: "L" })];
  expect(warnings("empty-shift", layers, { activeUserIds: new Set(["A"]) })[0]).toMatchObject({
    userIds: ["B"],
    source: { kind: "layer", layerId: "L" },
  });
});

test("turn lengths in seconds come back as they went in", () => {
  expect(turnLengthFromSeconds(604_800)).toEqual({ unit: "day", length: 7 });
  expect(turnLengthFromSeconds(43_200)).toEqual({ unit: "hour", length: 12 });
  expect(turnLengthFromSeconds(5400)).toEqual({ unit: "second", length: 5400 });
  for (const seconds of [3600, 5401, 43_200, 86_400, 604_800, 31_536_000]) {
    expect(turnLengthSeconds(turnLengthFromSeconds(seconds))).toBe(seconds);
  }
  expect(turnLengthSeconds({ unit: "week", length: 2 })).toBe(1_209_600);
});
