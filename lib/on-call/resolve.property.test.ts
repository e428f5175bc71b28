import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Override, ScheduleFacts, Shift, ShiftSource } from "#lib/on-call/schedule";
import { findGaps } from "#lib/on-call/coverage";
import { resolveSchedule, whoIsOnCall } from "#lib/on-call/resolve";
import { nextHandOff, nextShift, wholeShifts } from "#lib/on-call/shift-span";
import { scheduleOf } from "#lib/on-call/schedule-fixture";
import { layerAround, PLACES, sceneIn } from "#lib/testing/random-schedules";
import { oracleOf } from "#lib/testing/schedule-oracle";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const scene = sceneIn(PLACES);

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
      { numRuns: 30 },
    );
  });
});

function sorted(shifts: Shift[]): Shift[] {
  return shifts.toSorted(
    (a, b) =>
      a.start.getTime() - b.start.getTime() || byText(a.userId + keyOf(a.source), b.userId + keyOf(b.source)),
  );
}
