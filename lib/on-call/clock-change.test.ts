import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { resolveSchedule } from "#lib/on-call/resolve";
import { endAfterHours, endAtWallClock } from "#lib/on-call/override-edit";
import {
  daily,
  layerOf,
  moment,
  onCallAt,
  overrideOf,
  scheduleOf,
  shiftsIn,
  utcText,
  weekly,
} from "#lib/on-call/schedule-fixture";
import { parseTimeZone } from "#lib/time/zone";

const NEW_YORK = "America/New_York";

function startsOf(shifts: string[]): string[] {
  return shifts.map((shift) => shift.slice(shift.indexOf("T") + 1, shift.indexOf("Z") + 1));
}

test("case 1: a daily 09:00 hand-off in New York keeps its local hour when the clocks go forward", () => {
  const schedule = scheduleOf(NEW_YORK, [layerOf("A B", { virtualStart: "2026-03-06T09:00" })]);
  expect(startsOf(shiftsIn(schedule, "2026-03-06T09:00", "2026-03-11T09:00"))).toEqual([
    "14:00Z",
    "14:00Z",
    "13:00Z",
    "13:00Z",
    "13:00Z",
  ]);
});

test("case 2: a daily 09:00 hand-off in New York keeps its local hour when the clocks go back", () => {
  const schedule = scheduleOf(NEW_YORK, [layerOf("A B", { virtualStart: "2026-10-30T09:00" })]);
  expect(startsOf(shiftsIn(schedule, "2026-10-30T09:00", "2026-11-04T09:00"))).toEqual([
    "13:00Z",
    "13:00Z",
    "14:00Z",
    "14:00Z",
    "14:00Z",
  ]);
});

test("case 3: whole-day shifts last 23 and 25 hours and tile the days", () => {
  const schedule = scheduleOf(NEW_YORK, [layerOf("A B C", { virtualStart: "2026-01-01T00:00" })]);
  expect(shiftsIn(schedule, "2026-03-07T00:00", "2026-03-10T00:00")).toEqual([
    "C 2026-03-07T05:00Z/2026-03-08T05:00Z",
    "A 2026-03-08T05:00Z/2026-03-09T04:00Z",
    "B 2026-03-09T04:00Z/2026-03-10T04:00Z",
  ]);
  expect(shiftsIn(schedule, "2026-10-31T00:00", "2026-11-03T00:00")).toEqual([
    "A 2026-10-31T04:00Z/2026-11-01T04:00Z",
    "B 2026-11-01T04:00Z/2026-11-02T05:00Z",
    "C 2026-11-02T05:00Z/2026-11-03T05:00Z",
  ]);
});

test("case 5: office hours in London follow its clocks", () => {
  const schedule = scheduleOf("Europe/London", [layerOf("A", {}, { restrictions: [daily("08:30", 9)] })]);
  const day = (date: string) => shiftsIn(schedule, `${date}T00:00`, `${date}T23:59`);
  expect(day("2023-10-27")).toEqual(["A 2023-10-27T07:30Z/2023-10-27T16:30Z"]);
  expect(day("2023-10-30")).toEqual(["A 2023-10-30T08:30Z/2023-10-30T17:30Z"]);
  expect(day("2024-03-29")).toEqual(["A 2024-03-29T08:30Z/2024-03-29T17:30Z"]);
  expect(day("2024-04-01")).toEqual(["A 2024-04-01T07:30Z/2024-04-01T16:30Z"]);
});

test("case 6: weekly hand-offs in Berlin last an hour less or more than a week", () => {
  const schedule = scheduleOf("Europe/Berlin", [
    layerOf("A B", { virtualStart: "2026-01-05T09:00", unit: "week" }),
  ]);
  expect(shiftsIn(schedule, "2026-03-23T09:00", "2026-03-30T09:00")).toEqual([
    "B 2026-03-23T08:00Z/2026-03-30T07:00Z",
  ]);
  expect(shiftsIn(schedule, "2026-10-19T09:00", "2026-10-26T09:00")).toEqual([
    "B 2026-10-19T07:00Z/2026-10-26T08:00Z",
  ]);
});

test("case 7: an overnight restriction is one window of 7, 9 or 8 hours", () => {
  const schedule = scheduleOf(NEW_YORK, [layerOf("A", {}, { restrictions: [daily("22:00", 8)] })]);
  expect(shiftsIn(schedule, "2026-03-07T12:00", "2026-03-08T12:00")).toEqual([
    "A 2026-03-08T03:00Z/2026-03-08T10:00Z",
  ]);
  expect(shiftsIn(schedule, "2026-10-31T12:00", "2026-11-01T12:00")).toEqual([
    "A 2026-11-01T02:00Z/2026-11-01T11:00Z",
  ]);
  for (const [from, to] of [
    ["2025-11-01", "2025-11-06"],
    ["2025-03-07", "2025-03-12"],
    ["2025-07-07", "2025-07-12"],
  ]) {
    const shifts = shiftsIn(schedule, `${from}T12:00`, `${to}T12:00`);
    expect(shifts).toHaveLength(5);
    expect(new Set(shifts).size).toBe(5);
  }
});

test("case 9: a daily window inside a weekly rotation moves with the clocks mid-week", () => {
  const schedule = scheduleOf(NEW_YORK, [
    layerOf("A B", { virtualStart: "2026-03-04T00:00", unit: "week" }, { restrictions: [daily("09:00", 8)] }),
  ]);
  expect(onCallAt(schedule, "2026-03-10T13:30:00Z")).toBe("A");
  expect(shiftsIn(schedule, "2026-03-10T00:00", "2026-03-11T00:00")).toEqual([
    "A 2026-03-10T13:00Z/2026-03-10T21:00Z",
  ]);
});

test("case 11: a Sunday 01:00–05:00 window lasts 3 hours on the spring day, asked from mid-week", () => {
  const schedule = scheduleOf(NEW_YORK, [layerOf("A", {}, { restrictions: weekly("Su", "01:00", 4) })]);
  expect(shiftsIn(schedule, "2026-03-04T15:00", "2026-03-11T15:00")).toEqual([
    "A 2026-03-08T06:00Z/2026-03-08T09:00Z",
  ]);
  expect(shiftsIn(schedule, "2026-03-11T15:00", "2026-03-18T15:00")).toEqual([
    "A 2026-03-15T05:00Z/2026-03-15T09:00Z",
  ]);
});

test("case 13: half-hour zones without clock changes keep one UTC time", () => {
  const schedule = scheduleOf("Asia/Kolkata", [layerOf("A", {}, { restrictions: [daily("09:30", 9)] })]);
  const shifts = shiftsIn(schedule, "2026-03-01T00:00", "2026-04-01T00:00");
  expect(shifts).toHaveLength(31);
  expect(shifts.every((it) => /^A \S+T04:00Z\/\S+T13:00Z$/.test(it))).toBe(true);
});

test("case 14: the zone of the server changes nothing", { timeout: 30_000 }, () => {
  const program = `
    const { resolveSchedule } = await import("#lib/on-call/resolve");
    const { daily, layerOf, scheduleOf } = await import("#lib/on-call/schedule-fixture");
    const { formatDate, parseWallClock } = await import("#lib/time/wall-clock");
    const window = { start: new Date("2026-02-20T10:00:00Z"), end: new Date("2026-04-10T10:00:00Z") };
    const months = { virtualStart: "2026-01-31T02:30", unit: "month", length: 1 };
    const schedule = scheduleOf("America/New_York", [
      layerOf("A B", months), layerOf("C D E", { advance: "worked" }, { restrictions: [daily("02:30", 5)] }),
    ]);
    console.log(JSON.stringify([resolveSchedule(schedule, window), formatDate(parseWallClock("2026-03-08"))]));`;
  const answers = ["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Apia"].map((TZ) =>
    execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
      cwd: fileURLToPath(new URL("../..", import.meta.url)),
      env: { NODE_ENV: "test", TZ },
      encoding: "utf8",
    }),
  );
  expect(answers[0]).toContain('"userId":"E"');
  expect(new Set(answers).size).toBe(1);
});

test("case 15: an override of 24 hours ends at 13:00 local, one until noon next day at 12:00", () => {
  const start = moment(NEW_YORK, "2026-03-07T12:00");
  expect(utcText(endAfterHours(start, 24))).toBe("2026-03-08T17:00Z");
  const until = endAtWallClock("2026-03-08T12:00", NEW_YORK);
  expect(until && utcText(until)).toBe("2026-03-08T16:00Z");
  expect(endAtWallClock("2026-02-30T12:00", NEW_YORK)).toBeNull();
  const schedule = scheduleOf(NEW_YORK, [layerOf("A")], {
    overrides: [overrideOf("B", start.toISOString(), endAfterHours(start, 24).toISOString())],
  });
  expect(onCallAt(schedule, "2026-03-08T12:59")).toBe("B");
  expect(onCallAt(schedule, "2026-03-08T13:00")).toBe("A");
});

test("case 16: layers in different zones are each read in their own, also between two clock changes", () => {
  const schedule = scheduleOf("Europe/Berlin", [
    layerOf("A", {}, { restrictions: [daily("09:00", 8)] }),
    layerOf("B", { timeZone: NEW_YORK }, { restrictions: [daily("12:00", 5)] }),
  ]);
  // New York is on summer time, Berlin is not yet.
  expect(shiftsIn(schedule, "2026-03-20T00:00", "2026-03-21T00:00")).toEqual([
    "A 2026-03-20T08:00Z/2026-03-20T16:00Z",
    "B 2026-03-20T16:00Z/2026-03-20T21:00Z",
  ]);
});

test("case 17: zone names with aliases are accepted, unknown ones refused and read as UTC if they got in", () => {
  for (const name of ["Etc/UTC", "UTC", "Asia/Calcutta", "US/Eastern", "Europe/Berlin"]) {
    expect(parseTimeZone(name)).toEqual({ kind: "zone", timeZone: name });
  }
  for (const name of ["Mars/Olympus", "", "W. Europe Standard Time", "+02:00", "Europe/Berlin "]) {
    expect(parseTimeZone(name).kind).toBe("unknown");
  }
  const rotation = { virtualStart: "2026-03-01T09:00" };
  const [alias, known] = ["US/Eastern", NEW_YORK].map((zone) => scheduleOf(zone, [layerOf("A B", rotation)]));
  const window = { start: new Date("2026-03-01T00:00:00Z"), end: new Date("2026-04-01T00:00:00Z") };
  expect(resolveSchedule(alias!, window)).toEqual(resolveSchedule(known!, window));
  const [unknown, utc] = ["Mars/Olympus", "UTC"].map((zone) => scheduleOf(zone, [layerOf("A B", rotation)]));
  expect(resolveSchedule(unknown!, window)).toEqual(resolveSchedule(utc!, window));
});

test("a skipped hand-off moves forward by the gap and never past the next one", () => {
  const halfHours = scheduleOf(NEW_YORK, [
    layerOf("A B C D", { virtualStart: "2026-03-08T01:00", unit: "second", length: 1800 }),
  ]);
  // 01:00 A, 01:30 B, 02:00 C and 02:30 D are skipped, 03:00 A, 03:30 B.
  expect(shiftsIn(halfHours, "2026-03-08T01:00", "2026-03-08T04:00")).toEqual([
    "A 2026-03-08T06:00Z/2026-03-08T06:30Z",
    "B 2026-03-08T06:30Z/2026-03-08T07:00Z",
    "A 2026-03-08T07:00Z/2026-03-08T07:30Z",
    "B 2026-03-08T07:30Z/2026-03-08T08:00Z",
  ]);
  const hours = scheduleOf(NEW_YORK, [layerOf("A B C", { virtualStart: "2026-03-08T00:30", unit: "hour" })]);
  // The hand-off at 02:30 is at 03:30, which is already the next one.
  expect(shiftsIn(hours, "2026-03-08T00:30", "2026-03-08T04:30")).toEqual([
    "A 2026-03-08T05:30Z/2026-03-08T06:30Z",
    "B 2026-03-08T06:30Z/2026-03-08T07:30Z",
    "A 2026-03-08T07:30Z/2026-03-08T08:30Z",
  ]);
});

test("a skipped hand-off that would come after the next one does not happen", () => {
  const schedule = scheduleOf(NEW_YORK, [
    layerOf("A B C", { virtualStart: "2026-03-08T01:45", unit: "second", length: 2700 }),
  ]);
  // The hand-off to B at 02:30 would be at 03:30, that to C is at 03:15.
  expect(shiftsIn(schedule, "2026-03-08T01:45", "2026-03-08T04:00")).toEqual([
    "A 2026-03-08T06:45Z/2026-03-08T07:15Z",
    "C 2026-03-08T07:15Z/2026-03-08T08:00Z",
  ]);
});

test("a repeated hand-off is its first occurrence, so the turn before the change lasts an hour longer", () => {
  const schedule = scheduleOf(NEW_YORK, [layerOf("A B", { virtualStart: "2026-11-01T00:00", unit: "hour" })]);
  expect(shiftsIn(schedule, "2026-11-01T00:00", "2026-11-01T03:00")).toEqual([
    "A 2026-11-01T04:00Z/2026-11-01T05:00Z",
    "B 2026-11-01T05:00Z/2026-11-01T07:00Z",
    "A 2026-11-01T07:00Z/2026-11-01T08:00Z",
  ]);
});

test("a date that a zone skipped has no shift of its own", () => {
  const schedule = scheduleOf("Pacific/Apia", [layerOf("A B C", { virtualStart: "2011-12-29T00:00" })]);
  expect(shiftsIn(schedule, "2011-12-29T00:00", "2012-01-01T00:00")).toEqual([
    "A 2011-12-29T10:00Z/2011-12-30T10:00Z",
    "C 2011-12-30T10:00Z/2011-12-31T10:00Z",
  ]);
});
