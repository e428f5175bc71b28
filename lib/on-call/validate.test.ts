import { expect, test } from "vitest";
import type { LayerDefinition, LayerRotation, ScheduleDefinition } from "#lib/on-call/schedule";
import { daily, layerOf, weekly } from "#lib/on-call/schedule-fixture";
import { validateSchedule } from "#lib/on-call/validate";

function fieldsOf(layer: LayerDefinition, rest: Partial<ScheduleDefinition> = {}): string[] {
  return validateSchedule({ timeZone: "Europe/Berlin", layers: [layer], ...rest }).map((it) => it.field);
}

function rotation(fields: Partial<LayerRotation>): string[] {
  return fieldsOf(layerOf("A B", fields));
}

function restriction(fields: object): string[] {
  const invalid = { ...daily("09:00", 8), ...fields } as LayerDefinition["restrictions"][number];
  return fieldsOf(layerOf("A", {}, { restrictions: [invalid] }));
}

test("a sound definition has nothing wrong", () => {
  const restrictions = weekly("Mo Tu", "09:00", 8);
  expect(fieldsOf(layerOf("A B", { timeZone: "US/Eastern", firstGroup: 1 }, { restrictions }))).toEqual([]);
  expect(rotation({ shiftSeconds: 3600, virtualStart: "2026-03-08T02:30:15" })).toEqual([]);
  expect(rotation({ unit: "second", length: 5400 })).toEqual([]);
  expect(fieldsOf(layerOf("A"), { layers: [] })).toEqual([]);
});

test("case 17: an unknown time zone is refused", () => {
  const [wrong] = validateSchedule({ timeZone: "Mars/Olympus", layers: [] });
  expect(wrong).toEqual({
    field: "timeZone",
    message: "“Mars/Olympus” is no time zone, like Europe/Berlin.",
  });
  expect(rotation({ timeZone: "+02:00" })).toEqual(["layers.0.rotation.timeZone"]);
});

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 4000])(
  "case 45: a turn of %d days is refused",
  (length) => {
    expect(rotation({ length })).toEqual(["layers.0.rotation.length"]);
  },
);

test("rotations that can't be evaluated as meant are refused", () => {
  expect(rotation({ unit: "second", length: 59 })).toEqual(["layers.0.rotation.length"]);
  expect(rotation({ virtualStart: "2026-02-30T09:00" })).toEqual(["layers.0.rotation.virtualStart"]);
  expect(rotation({ virtualStart: "2026-02-03T24:00" })).toEqual(["layers.0.rotation.virtualStart"]);
  expect(rotation({ virtualStart: "2026-02-03T09:00Z" })).toEqual(["layers.0.rotation.virtualStart"]);
  expect(rotation({ firstGroup: -1 })).toEqual(["layers.0.rotation.firstGroup"]);
  expect(rotation({ shiftSeconds: 0 })).toEqual(["layers.0.rotation.shiftSeconds"]);
  expect(rotation({ shiftSeconds: 3600, advance: "worked" })).toEqual(["layers.0.rotation.shiftSeconds"]);
  expect(rotation({ unit: "second", length: 5400, advance: "worked" })).toEqual(["layers.0.rotation.unit"]);
});

test("restrictions need a time, a length and a weekday, and are of one kind", () => {
  const path = "layers.0.restrictions.0";
  for (const startTime of ["9:00", "24:00", "25:00", "09:60", "", "09:00 "]) {
    expect(restriction({ startTime })).toEqual([`${path}.startTime`]);
  }
  for (const durationSeconds of [0, -60, 86_401, 0.5]) {
    expect(restriction({ durationSeconds })).toEqual([`${path}.durationSeconds`]);
  }
  for (const startDay of [0, 8, 1.5, undefined]) {
    expect(restriction({ type: "weekly", startDay })).toEqual([`${path}.startDay`]);
  }
  expect(restriction({ type: "weekly", startDay: 1, durationSeconds: 7 * 86_400 })).toEqual([]);
  const mixed = [daily("09:00", 8), ...weekly("Mo", "09:00", 8)];
  expect(fieldsOf(layerOf("A", {}, { restrictions: mixed }))).toEqual(["layers.0.restrictions"]);
  expect(fieldsOf(layerOf("A"), { offDuty: [daily("9", 8)] })).toEqual(["offDuty.0.startTime"]);
});

test("layers end after they start, have dates, and ids of their own", () => {
  const at = new Date("2026-01-01T00:00:00Z");
  expect(fieldsOf(layerOf("A", {}, { startsAt: at, endsAt: new Date(0) }))).toEqual(["layers.0.endsAt"]);
  expect(fieldsOf(layerOf("A", {}, { startsAt: new Date(Number.NaN) }))).toEqual(["layers.0.startsAt"]);
  const twice = validateSchedule({ timeZone: "UTC", layers: [layerOf("A"), layerOf("A")] });
  expect(twice.map((it) => it.field)).toEqual(["layers.1.id"]);
  expect(fieldsOf({ ...layerOf("A"), turns: [["A", ""]] })).toEqual(["layers.0.turns"]);
});

test("layers that change hands more often than anybody could follow are refused, together or alone", () => {
  const hourly = (id: string, people: string) => ({
    ...layerOf("A", { unit: "hour", length: 1 }, { restrictions: [] }),
    id,
    turns: [people.split(" ")],
  });
  const fields = (layers: LayerDefinition[]) =>
    validateSchedule({ timeZone: "UTC", layers }).map(({ field }) => field);
  const crowd = Array.from({ length: 20 }, (_, index) => `P${index}`).join(" ");
  const layers = Array.from({ length: 29 }, (_, index) => hourly(String(index), "A"));
  expect(fields(layers)).toEqual([]);
  expect(fields([...layers, hourly("29", "A")])).toEqual(["layers"]);
  expect(fields([hourly("1", crowd)])).toEqual([]);
  expect(
    fields([{ ...hourly("1", crowd), ownHours: Array.from({ length: 30 }, () => daily("09:00", 1)) }]),
  ).toEqual(["layers"]);
  expect(rotation({ unit: "second", length: 60 })).toEqual(["layers"]);
  expect(rotation({ unit: "second", length: 300 })).toEqual([]);
});
