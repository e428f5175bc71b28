import { expect, test } from "vitest";
import { personWarnings } from "#lib/on-call/person-warnings";
import { layerOf, scheduleOf } from "#lib/on-call/schedule-fixture";
import { warningSentence } from "#lib/on-call/warning-sentence";
import { scheduleWarnings } from "#lib/on-call/warnings";
import { resolveSlots } from "#lib/on-call/resolve";

const DAY = 86_400_000;
const start = Date.UTC(2024, 7, 5);
const facts = scheduleOf("Etc/UTC", [layerOf("A B")]);
const range = { start, end: start + 6 * DAY };
const slots = resolveSlots(facts, range);
const day = (from: number, until: number) => ({ start: start + from * DAY, end: start + until * DAY });
const NONE = { away: new Map(), elsewhere: new Map(), unreachable: new Map() };

test("time off warns for as much of it as is a shift, and takes nobody off duty", () => {
  const away = new Map([["A", [day(-1, 0.5), day(1.5, 2.25)]]]);
  expect(personWarnings(slots, { ...NONE, away })).toEqual([
    { kind: "time-off", userId: "A", start: new Date(start), end: new Date(start + DAY / 2) },
    { kind: "time-off", userId: "A", start: new Date(start + 2 * DAY), end: new Date(start + 2.25 * DAY) },
  ]);
});

test("being on call in two schedules at once is told once, with how often", () => {
  const elsewhere = new Map([["B", [{ scheduleName: "Payments", spans: [day(0, 6)] }]]]);
  const warnings = personWarnings(slots, { ...NONE, elsewhere });
  expect(warnings).toMatchObject([{ kind: "elsewhere", scheduleName: "Payments", count: 3 }]);
  const read = {
    person: (id: string) => id,
    layer: (id: string) => id,
    time: (at: Date | string) => String(at),
  };
  expect(warnings.map((warning) => warningSentence(warning, read))[0]).toMatch(
    /^B is on call in Payments too/,
  );
});

test("who can't be woken is named with the reason, among the schedule's other warnings", () => {
  const unreachable = new Map([
    ["A", "No phone"],
    ["Z", "Is in no shift"],
  ]);
  const window = { start: new Date(range.start), end: new Date(range.end) };
  const warnings = scheduleWarnings(facts, window, new Map(), { ...NONE, unreachable });
  expect(warnings.filter(({ kind }) => kind === "not-reachable")).toEqual([
    { kind: "not-reachable", userId: "A", because: "No phone" },
  ]);
});
