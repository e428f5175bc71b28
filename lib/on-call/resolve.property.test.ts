import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import type {
  LayerDefinition,
  LayerRestriction,
  LayerRotation,
  Override,
  ScheduleFacts,
  ScheduleVersion,
  Shift,
  ShiftSource,
} from "#lib/on-call/schedule";
import { findGaps } from "#lib/on-call/coverage";
import { resolveSchedule, whoIsOnCall } from "#lib/on-call/resolve";
import { nextHandOff, nextShift, wholeShifts } from "#lib/on-call/shift-span";
import { scheduleOf } from "#lib/on-call/schedule-fixture";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// ---- The oracle: the same rules said slowly, on Temporal's own arithmetic, with no code of the resolver.

type Windows = { start: number; end: number }[];

function instantOf(wall: Temporal.PlainDateTime, timeZone: string): number {
  return wall.toZonedDateTime(timeZone, { disambiguation: "compatible" }).epochMilliseconds;
}

function durationOf(unit: LayerRotation["unit"], amount: number) {
  return { [`${unit}s`]: amount };
}

/** Every occurrence of every restriction around `date`, in a zone. */
function windowsAround(
  restrictions: LayerRestriction[],
  date: Temporal.PlainDate,
  days: number,
  timeZone: string,
): Windows {
  const windows: Windows = [];
  for (let offset = -days; offset <= days; offset += 1) {
    const day = date.add({ days: offset });
    for (const restriction of restrictions) {
      if (restriction.type === "weekly" && restriction.startDay !== day.dayOfWeek) continue;
      const start = day.toPlainDateTime(Temporal.PlainTime.from(restriction.startTime));
      const end = start.add({ seconds: restriction.durationSeconds });
      windows.push({ start: instantOf(start, timeZone), end: instantOf(end, timeZone) });
    }
  }
  return windows;
}

function remember(answer: (step: number) => number): (step: number) => number {
  const known = new Map<number, number>();
  return (step) => {
    const value = known.get(step) ?? answer(step);
    known.set(step, value);
    return value;
  };
}

function isInForce(from: Date, to: Date | null, at: number): boolean {
  return from.getTime() <= at && (to === null || at < to.getTime());
}

/** Counts covered steps from the rotation's start, one by one. */
function workedTurnOracle(
  { rotation, restrictions }: LayerDefinition,
  date: Temporal.PlainDate,
  begins: (step: number) => Temporal.PlainDateTime,
): (step: number) => number {
  const origin = begins(0).toPlainDate();
  const isLong = rotation.unit === "week" || rotation.unit === "month";
  const days = Math.abs(origin.until(date).days) + 10;
  const windows = isLong ? [] : windowsAround(restrictions, origin, days, "UTC");
  const covered = remember((step) => {
    if (restrictions.length === 0 || isLong) return 1;
    const [start, end] = [instantOf(begins(step), "UTC"), instantOf(begins(step + 1), "UTC")];
    return windows.some((it) => it.start < end && it.end > start) ? 1 : 0;
  });
  return (step) => {
    let count = 0;
    for (let earlier = 0; earlier < step; earlier += 1) count += covered(earlier);
    for (let later = step; later < 0; later += 1) count -= covered(later);
    return Math.floor(count / (rotation.unit === "hour" ? 1 : rotation.length));
  };
}

/** Says which group of a layer is on call, for instants around `near`. */
function layerOracle(layer: LayerDefinition, scheduleZone: string, near: number): (at: number) => string[] {
  const { rotation, turns, restrictions } = layer;
  if (turns.length === 0) return () => [];
  const zone = rotation.timeZone ?? scheduleZone;
  const origin = Temporal.PlainDateTime.from(rotation.virtualStart);
  const worked = rotation.advance === "worked";
  const units = worked && rotation.unit !== "hour" ? 1 : rotation.length;
  const begins = (step: number) => origin.add(durationOf(rotation.unit, step * units));
  const date = Temporal.Instant.fromEpochMilliseconds(near).toZonedDateTimeISO(zone).toPlainDate();

  const startOf = remember((step) => instantOf(begins(step), zone));

  // Walk to the steps around `near`, one by one.
  let first = 0;
  while (startOf(first) > near - 2 * DAY) first -= 1;
  while (startOf(first + 1) < near - 2 * DAY) first += 1;
  const steps: { step: number; start: number; offCall: number }[] = [];
  const seconds = worked ? undefined : rotation.shiftSeconds;
  for (let step = first - 1; startOf(step) < near + 4 * DAY; step += 1) {
    const offCall = seconds ? instantOf(begins(step).add({ seconds }), zone) : Number.POSITIVE_INFINITY;
    steps.push({ step, start: startOf(step), offCall });
  }

  const turnOf = remember(worked ? workedTurnOracle(layer, date, begins) : (step) => step);
  const windows = windowsAround(restrictions, date, 10, zone);
  return (at) => {
    if (!isInForce(layer.startsAt, layer.endsAt, at)) return [];
    if (restrictions.length > 0 && !windows.some((it) => it.start <= at && at < it.end)) return [];
    const current = steps.findLast((it) => it.start <= at);
    if (!current || at >= current.offCall) return [];
    const turn = turnOf(current.step) + (rotation.firstGroup ?? 0);
    return turns[((turn % turns.length) + turns.length) % turns.length] ?? [];
  };
}

/** Says who is on call by which source, as sorted "A layer x" texts. */
function oracleOf(facts: ScheduleFacts, near: number): (at: number) => string[] {
  const isActive = (userId: string) => !facts.activeUserIds || facts.activeUserIds.has(userId);
  const layerAnswers = new Map(
    facts.versions.flatMap(({ definition }) =>
      definition.layers.map((layer) => [layer, layerOracle(layer, definition.timeZone, near)] as const),
    ),
  );
  return (at) => {
    const version = facts.versions.findLast((it) => isInForce(it.effectiveFrom, it.effectiveTo, at));
    const scheduled: { userId: string; key: string }[] = [];
    for (const layer of version?.definition.layers.toReversed() ?? []) {
      const people = layerAnswers.get(layer)?.(at).filter(isActive) ?? [];
      scheduled.push(...people.map((userId) => ({ userId, key: `layer ${layer.id}` })));
      if (people.length > 0 && !layer.together) break;
    }
    const overrides = facts.overrides
      .filter((it) => isInForce(it.startsAt, it.endsAt, at) && isActive(it.userId))
      .filter((it) => !it.policyId || it.policyId === facts.policyId);
    return overridden(scheduled, overrides);
  };
}

function overridden(scheduled: { userId: string; key: string }[], overrides: Override[]): string[] {
  const decide = (userId: string | null) =>
    overrides
      .filter((it) => !it.replacesUserId || it.replacesUserId === userId)
      .reduce<Override | null>((best, it) => (best && !beats(it, best) ? best : it), null);
  const answer = new Map<string, { key: string; override: Override | null }>();
  for (const { userId, key } of scheduled.length === 0 ? [{ userId: null, key: "" }] : scheduled) {
    const override = decide(userId);
    const person = override?.userId ?? userId;
    if (person === null) continue;
    const known = answer.get(person);
    const isBetter = !known || (override && (!known.override || beats(override, known.override)));
    if (isBetter) answer.set(person, { key: override ? `override ${override.id}` : key, override });
  }
  return [...answer].map(([userId, { key }]) => `${userId} ${key}`).sort(byText);
}

function beats(a: Override, b: Override): boolean {
  if (Boolean(a.policyId) !== Boolean(b.policyId)) return Boolean(a.policyId);
  if (a.createdAt.getTime() !== b.createdAt.getTime()) return a.createdAt > b.createdAt;
  return a.id > b.id;
}

// ---- Random schedules around clock changes.

const PLACES = [
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
    timeZone: fc.option(fc.constantFrom(...PLACES.map(([zone]) => zone)), { nil: undefined, freq: 5 }),
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

function layerAround(date: string): fc.Arbitrary<LayerDefinition> {
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
      together: fc.boolean(),
    })
    .map((layer) => ({ id: "", name: "", ...layer }));
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
    })
    .map(({ definitions, edit, overrides, activeUserIds, policyId }) => ({
      timeZone: zone,
      versions: definitions.map((own, index): ScheduleVersion => ({
        definition: { timeZone: zone, layers: own.map((layer, at) => ({ ...layer, id: `${at}` })) },
        effectiveFrom: index === 0 ? new Date(base - 100 * DAY) : edit,
        effectiveTo: index === definitions.length - 1 ? null : edit,
      })),
      overrides: overrides.map((it, index) => ({ ...it, id: `o${index}` })),
      activeUserIds: activeUserIds && new Set(activeUserIds),
      policyId,
    }));
}

const scene = fc.constantFrom(...PLACES).chain(([zone, date]) =>
  fc.record({
    facts: factsAround(zone, date),
    from: fc
      .integer({ min: -24 * 60, max: 24 * 60 })
      .map((it) => Date.parse(`${date}T00:00:00Z`) + it * MINUTE),
    minutes: fc.integer({ min: 1, max: 30 * 60 }),
  }),
);

function resolve(facts: ScheduleFacts, start: number, end: number): Shift[] {
  return resolveSchedule(facts, { start: new Date(start), end: new Date(end) });
}

function keyOf(source: ShiftSource): string {
  return source.kind === "layer" ? `layer ${source.layerId}` : `override ${source.overrideId}`;
}

function answersAt(shifts: Shift[], at: number): string[] {
  return shifts
    .filter((it) => it.start.getTime() <= at && at < it.end.getTime())
    .map((it) => `${it.userId} ${keyOf(it.source)}`)
    .sort(byText);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}

describe("a resolved schedule", { timeout: 60_000 }, () => {
  test("agrees at every minute with the oracle and with who is on call", () => {
    fc.assert(
      fc.property(scene, ({ facts, from, minutes }) => {
        const oracle = oracleOf(facts, from);
        const shifts = resolve(facts, from, from + minutes * MINUTE);
        const instants = Array.from({ length: minutes }, (_, minute) => from + minute * MINUTE);
        const wrong = instants.find((at) => String(answersAt(shifts, at)) !== String(oracle(at))) ?? from;
        expect([wrong, ...answersAt(shifts, wrong)]).toEqual([wrong, ...oracle(wrong)]);
        for (const at of instants.filter((_, minute) => minute % 15 === 0)) {
          const now = whoIsOnCall(facts, new Date(at)).map((it) => `${it.userId} ${keyOf(it.source)}`);
          expect(now.sort(byText)).toEqual(oracle(at));
        }
      }),
      { numRuns: 100 },
    );
  });

  test("is the same from whatever window it is computed", () => {
    fc.assert(
      fc.property(
        scene,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 3 }),
        ({ facts, from, minutes }, cuts) => {
          const end = from + minutes * MINUTE;
          const whole = resolve(facts, from, end);
          for (const cut of cuts) {
            const at = Math.round(from + cut * (end - from));
            const clipped = (start: number, stop: number) =>
              whole
                .map((it) => ({
                  ...it,
                  start: new Date(Math.max(it.start.getTime(), start)),
                  end: new Date(Math.min(it.end.getTime(), stop)),
                }))
                .filter((it) => it.start < it.end);
            expect(sorted(resolve(facts, from, at))).toEqual(sorted(clipped(from, at)));
            expect(sorted(resolve(facts, at, end))).toEqual(sorted(clipped(at, end)));
          }
        },
      ),
      {
        numRuns: 150,
      },
    );
  });

  test("is sorted, clipped, without empty shifts, and has nobody twice at once", () => {
    fc.assert(
      fc.property(scene, ({ facts, from, minutes }) => {
        const end = from + minutes * MINUTE;
        const shifts = resolve(facts, from, end);
        const lastEnd = new Map<string, number>();
        let previous = from;
        for (const shift of shifts) {
          const [start, stop] = [shift.start.getTime(), shift.end.getTime()];
          expect(start).toBeGreaterThanOrEqual(previous);
          expect(stop).toBeGreaterThan(start);
          expect(stop).toBeLessThanOrEqual(end);
          expect(start).toBeGreaterThanOrEqual(lastEnd.get(shift.userId) ?? from);
          lastEnd.set(shift.userId, stop);
          previous = start;
        }
      }),
      { numRuns: 150 },
    );
  });

  test("and its gaps tile the window", () => {
    fc.assert(
      fc.property(scene, ({ facts, from, minutes }) => {
        const end = from + minutes * MINUTE;
        const gaps = findGaps(facts, { start: new Date(from), end: new Date(end) }, 0);
        const edges = [...resolve(facts, from, end), ...gaps].map(
          (it) => [it.start.getTime(), it.end.getTime()] as const,
        );
        let reached = from;
        for (const [start, stop] of edges.toSorted((a, b) => a[0] - b[0])) {
          expect(start).toBeLessThanOrEqual(reached);
          reached = Math.max(reached, stop);
        }
        expect(reached).toBe(end);
        for (const gap of gaps) {
          expect(whoIsOnCall(facts, gap.start)).toEqual([]);
          expect(whoIsOnCall(facts, new Date(gap.end.getTime() - 1))).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("changes by an override only inside it, and wholly there", () => {
    fc.assert(
      fc.property(scene, ({ facts, from, minutes }) => {
        const override: Override = {
          id: "new",
          userId: "Z",
          startsAt: new Date(from + Math.floor(minutes / 4) * MINUTE),
          endsAt: new Date(from + Math.ceil((minutes * 3) / 4) * MINUTE),
          createdAt: new Date(10),
          policyId: facts.policyId ?? null,
        };
        const activeUserIds = facts.activeUserIds && new Set([...facts.activeUserIds, "Z"]);
        const changed = { ...facts, activeUserIds, overrides: [...facts.overrides, override] };
        const [start, stop] = [override.startsAt.getTime(), override.endsAt.getTime()];
        expect(sorted(resolve(changed, from, start))).toEqual(sorted(resolve(facts, from, start)));
        expect(sorted(resolve(changed, stop, stop + DAY))).toEqual(sorted(resolve(facts, stop, stop + DAY)));
        expect(resolve(changed, start, stop)).toMatchObject([
          { start: override.startsAt, end: override.endsAt, userId: "Z" },
        ]);
      }),
      { numRuns: 150 },
    );
  });

  const layerSets = fc
    .constantFrom(...PLACES)
    .chain(([zone, date]) =>
      fc.tuple(
        fc.constant(zone),
        fc.constant(date),
        fc.array(layerAround(date), { minLength: 2, maxLength: 4 }),
      ),
    );
  test("case 77: is at any time the first layer by priority that has somebody", () => {
    fc.assert(
      fc.property(
        layerSets,
        fc.array(fc.integer({ min: -2880, max: 2880 }), { minLength: 8, maxLength: 8 }),
        ([zone, date, layers], samples) => {
          const apart = layers.map((layer, index) => ({ ...layer, id: `${index}`, together: false }));
          const merged = scheduleOf(zone, apart);
          const base = Date.parse(`${date}T00:00:00Z`);
          const timeline = resolve(merged, base - 2 * DAY, base + 3 * DAY);
          for (const sample of samples) {
            const at = base + sample * MINUTE;
            const alone = apart
              .toReversed()
              .map((layer) => whoIsOnCall(scheduleOf(zone, [layer]), new Date(at)));
            const expected = alone.find((entries) => entries.length > 0) ?? [];
            expect(whoIsOnCall(merged, new Date(at))).toEqual(expected);
            expect(answersAt(timeline, at)).toEqual(
              expected.map((it) => `${it.userId} ${keyOf(it.source)}`).sort(byText),
            );
          }
        },
      ),
      {
        numRuns: 1000,
      },
    );
  });

  test("has the next shift and hand-off where a long timeline has them, and whole shifts within it", () => {
    fc.assert(
      fc.property(scene, ({ facts, from }) => {
        const [start, end] = [from - 20 * DAY, from + 20 * DAY];
        const timeline = resolve(facts, start, end);
        const within = (at: Date | undefined) => (at && at.getTime() < end ? at.getTime() : null);
        const first = (instants: number[]) => (instants.length === 0 ? null : Math.min(...instants));
        const starts = timeline.map((it) => it.start.getTime()).filter((it) => it > from);
        expect(within(nextShift(facts, new Date(from))?.start)).toBe(first(starts));

        const peopleAt = (at: number) => String(answersAt(timeline, at).map((it) => it[0]));
        const changes = timeline
          .flatMap((it) => [it.start.getTime(), it.end.getTime()])
          .filter((it) => it > from && it < end && peopleAt(it) !== peopleAt(from));
        expect(within(nextHandOff(facts, new Date(from))?.at)).toBe(first(changes));

        const window = { start: new Date(from), end: new Date(from + HOUR) };
        const whole = wholeShifts(facts, window).map((it) => ({
          ...it,
          start: new Date(Math.max(it.start.getTime(), start)),
          end: new Date(Math.min(it.end?.getTime() ?? end, end)),
        }));
        const meeting = timeline.filter((it) => it.start < window.end && window.start < it.end);
        expect(sorted(whole)).toEqual(sorted(meeting));
      }),
      { numRuns: 60 },
    );
  });
});

function sorted(shifts: Shift[]): Shift[] {
  return shifts.toSorted(
    (a, b) =>
      a.start.getTime() - b.start.getTime() || byText(a.userId + keyOf(a.source), b.userId + keyOf(b.source)),
  );
}
