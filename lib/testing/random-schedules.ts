import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import type {
  LayerDefinition,
  LayerRestriction,
  LayerRotation,
  ScheduleFacts,
  ScheduleVersion,
} from "#lib/on-call/schedule";

// Random schedules around clock changes.

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

export const PLACES = [
  ["Europe/Berlin", "2026-03-29"],
  ["Europe/Berlin", "2026-10-25"],
  ["America/New_York", "2026-03-08"],
  ["America/New_York", "2026-11-01"],
  ["Europe/London", "2026-03-29"],
  ["Australia/Sydney", "2026-04-05"],
  ["Australia/Sydney", "2026-10-04"],
  ["Australia/Lord_Howe", "2026-04-05"],
  ["Australia/Lord_Howe", "2026-10-04"],
  ["Asia/Kolkata", "2026-03-29"],
  // Clocks change at midnight.
  ["America/Sao_Paulo", "2018-02-18"],
  ["America/Sao_Paulo", "2018-11-04"],
  // The 30th does not exist.
  ["Pacific/Apia", "2011-12-30"],
  ["Pacific/Apia", "2011-04-02"],
] as const;

const ZONES = PLACES.map(([zone]) => zone);

const person = fc.constantFrom("A", "B", "C", "D");
const people = fc.uniqueArray(person, { maxLength: 3 });
const quarter = fc.integer({ min: 0, max: 95 });
const timeOfDay = quarter.map(
  (it) => `${String(Math.floor(it / 4)).padStart(2, "0")}:${String((it % 4) * 15).padStart(2, "0")}`,
);

const dailyRestriction = fc.record({
  type: fc.constant("daily" as const),
  startTime: timeOfDay,
  durationSeconds: fc.integer({ min: 1, max: 96 }).map((it) => it * 900),
});
const weeklyRestriction = fc.record({
  type: fc.constant("weekly" as const),
  startDay: fc.integer({ min: 1, max: 7 }),
  startTime: timeOfDay,
  durationSeconds: fc
    .oneof(fc.integer({ min: 1, max: 96 }), fc.integer({ min: 1, max: 672 }))
    .map((it) => it * 900),
});

function rotationAround(date: string): fc.Arbitrary<LayerRotation> {
  const virtualStart = fc
    .tuple(fc.integer({ min: -25, max: 8 }), timeOfDay)
    .map(([days, time]) => `${Temporal.PlainDate.from(date).add({ days }).toString()}T${time}`);
  const shared = {
    virtualStart,
    firstGroup: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
    timeZone: fc.option(fc.constantFrom(...ZONES), { nil: undefined, freq: 5 }),
  };
  const step = fc.oneof(
    fc.record({
      unit: fc.constantFrom("hour", "day", "week", "month"),
      length: fc.integer({ min: 1, max: 5 }),
    }),
    fc.record({ unit: fc.constant("second" as const), length: fc.constantFrom(1200, 1800, 2700, 5400) }),
  );
  const shiftSeconds = fc.option(fc.constantFrom(900, 3 * 3600, 86_400, 4 * 86_400), {
    nil: undefined,
    freq: 5,
  });
  const advance = fc.constantFrom("clock", "worked");
  return fc
    .tuple(fc.record(shared), step, shiftSeconds, advance)
    .map(([common, { unit, length }, shift, mode]) => ({
      ...common,
      unit,
      length,
      advance: unit === "second" || shift !== undefined ? "clock" : mode,
      shiftSeconds: shift,
    }));
}

export function layerAround(date: string): fc.Arbitrary<LayerDefinition> {
  const base = Date.parse(`${date}T00:00:00Z`);
  const instant = fc.integer({ min: -4 * 96, max: 4 * 96 }).map((it) => new Date(base + it * 15 * MINUTE));
  return fc
    .record({
      rotation: rotationAround(date),
      turns: fc.array(people, { maxLength: 4 }),
      restrictions: fc.oneof(
        fc.constant<LayerRestriction[]>([]),
        fc.array(dailyRestriction, { maxLength: 2 }),
        fc.array(weeklyRestriction, { maxLength: 4 }),
      ),
      startsAt: fc.oneof(fc.constant(new Date(base - 90 * DAY)), instant),
      endsAt: fc.option(instant, { nil: null, freq: 4 }),
      ownHours: fc.option(
        fc.oneof(
          fc.array(dailyRestriction, { minLength: 1, maxLength: 2 }),
          fc.array(weeklyRestriction, { minLength: 1, maxLength: 3 }),
        ),
        { nil: undefined, freq: 3 },
      ),
      together: fc.boolean(),
    })
    .map(({ ownHours, ...layer }) => ({ id: "", name: "", ...layer, ...(ownHours && { ownHours }) }));
}

function factsAround(zone: string, date: string): fc.Arbitrary<ScheduleFacts> {
  const base = Date.parse(`${date}T00:00:00Z`);
  const minute = fc.integer({ min: -3 * 1440, max: 3 * 1440 }).map((it) => new Date(base + it * MINUTE));
  const layers = fc.array(layerAround(date), { minLength: 1, maxLength: 3 });
  const override = fc.record({
    userId: person,
    replacesUserId: fc.option(person, { nil: null }),
    startsAt: minute,
    endsAt: minute,
    createdAt: fc.integer({ min: 0, max: 2 }).map((it) => new Date(it)),
    policyId: fc.constantFrom(null, null, null, "P", "Q"),
  });
  return fc
    .record({
      definitions: fc.array(layers, { minLength: 1, maxLength: 2 }),
      edit: minute,
      overrides: fc.array(override, { maxLength: 4 }),
      activeUserIds: fc.option(fc.subarray(["A", "B", "C", "D"], { minLength: 1 }), { nil: undefined }),
      policyId: fc.constantFrom(undefined, "P"),
      // The member's clocks change on other days than the schedule's, or on the same one.
      zones: fc.array(fc.constantFrom(zone, ...ZONES), { minLength: 4, maxLength: 4 }),
    })
    .map(({ definitions, edit, overrides, activeUserIds, policyId, zones }) => ({
      timeZone: zone,
      versions: definitions.map((own, index): ScheduleVersion => ({
        definition: { timeZone: zone, layers: own.map((layer, at) => ({ ...layer, id: `${at}` })) },
        effectiveFrom: index === 0 ? new Date(base - 100 * DAY) : edit,
        effectiveTo: index === definitions.length - 1 ? null : edit,
      })),
      overrides: overrides.map((it, index) => ({ ...it, id: `o${index}` })),
      activeUserIds: activeUserIds && new Set(activeUserIds),
      zones: new Map(["A", "B", "C", "D"].map((userId, index) => [userId, zones[index] ?? zone])),
      policyId,
    }));
}

export type Scene = { facts: ScheduleFacts; from: number; minutes: number };

/** A schedule, and up to 30 hours around the clock change of one of the places. */
export function sceneIn(places: readonly (readonly [zone: string, date: string])[]): fc.Arbitrary<Scene> {
  return fc.constantFrom(...places).chain(([zone, date]) =>
    fc.record({
      facts: factsAround(zone, date),
      from: fc
        .integer({ min: -24 * 60, max: 24 * 60 })
        .map((it) => Date.parse(`${date}T00:00:00Z`) + it * MINUTE),
      minutes: fc.integer({ min: 1, max: 30 * 60 }),
    }),
  );
}
