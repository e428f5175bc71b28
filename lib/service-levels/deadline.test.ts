import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deadlineOf } from "#lib/service-levels/deadline";
import { measure } from "#lib/service-levels/measure";
import { targetFor } from "#lib/service-levels/policy";
import { errorBudget, stateOf } from "#lib/service-levels/state";

const at = (text: string) => Date.parse(text);
const HOUR = 3_600_000;
const BERLIN = {
  timeZone: "Europe/Berlin",
  startTime: "09:00:00",
  endTime: "17:00:00",
  daysOfWeek: [1, 2, 3, 4, 5],
};

describe("deadlineOf", () => {
  test("around the clock it is the target later, and 80 % of it the risk", () => {
    const startedAt = at("2026-03-02T08:00:00Z");
    expect(deadlineOf({ startedAt, targetMs: HOUR, hours: null, pauses: [] })).toEqual({
      atRiskAt: startedAt + 0.8 * HOUR,
      dueAt: startedAt + HOUR,
    });
  });

  test("support hours go on the next working day, through a clock change at the weekend", () => {
    // Friday 16:00 in Berlin (UTC+1); on Sunday the clocks go forward, so Monday 09:00 is 07:00 UTC.
    const startedAt = at("2026-03-27T15:00:00Z");
    const { dueAt } = deadlineOf({ startedAt, targetMs: 4 * HOUR, hours: BERLIN, pauses: [] });
    expect(dueAt).toBe(at("2026-03-30T10:00:00Z"));
  });

  test("a pause stops it, one without an end for good, and one after the end changes nothing", () => {
    const startedAt = at("2026-03-02T08:00:00Z");
    const of = (pauses: { start: number; end: number | null }[]) =>
      deadlineOf({ startedAt, targetMs: HOUR, hours: null, pauses }).dueAt;
    const half = startedAt + HOUR / 2;
    expect(of([{ start: half, end: half + 2 * HOUR }])).toBe(startedAt + 3 * HOUR);
    expect(of([{ start: half, end: null }])).toBeNull();
    expect(of([{ start: startedAt + 2 * HOUR, end: null }])).toBe(startedAt + HOUR);
  });

  test("as much counted time lies before the deadline as the target says", () => {
    // Everything is in half hours, so that each is counted wholly or not at all.
    const halfHours = fc.integer({ min: 0, max: 600 });
    const isWorking = Array.from({ length: 20_000 }, (_, index) => isWorkingTime(BEGIN + index * HALF_HOUR));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.array(fc.tuple(halfHours, halfHours), { maxLength: 5 }),
        fc.boolean(),
        (target, spans, inHours) => {
          const at = (count: number) => BEGIN + count * HALF_HOUR;
          const pauses = spans.map(([from, length]) => ({ start: at(from), end: at(from + length) }));
          const hours = inHours ? BERLIN : null;
          const { dueAt } = deadlineOf({ startedAt: BEGIN, targetMs: target * HALF_HOUR, hours, pauses });
          const before = isWorking.filter((works, index) => {
            const paused = pauses.some(({ start, end }) => start <= at(index) && at(index) < end);
            return at(index) < (dueAt ?? 0) && !paused && (!inHours || works);
          });
          expect(before).toHaveLength(target);
        },
      ),
    );
  });
});

const HALF_HOUR = HOUR / 2;
const BEGIN = at("2026-10-20T03:00:00Z");
const BERLIN_TIME = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Berlin",
  dateStyle: "short",
  timeStyle: "short",
});

/** By the platform's own calendar. */
function isWorkingTime(now: number): boolean {
  const text = BERLIN_TIME.format(now);
  const hour = Number(text.slice(11, 13));
  const weekday = new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDay();
  return weekday >= 1 && weekday <= 5 && hour >= 9 && hour < 17;
}

describe("targetFor", () => {
  const targets = [
    { priority: null, tier: null, minutes: 60 },
    { priority: null, tier: 1, minutes: 30 },
    { priority: 1, tier: null, minutes: 15 },
    { priority: 1, tier: 1, minutes: 5 },
  ];
  test.each([
    [1, 1, 5],
    [1, 2, 15],
    [3, 1, 30],
    [null, 4, 60],
  ])("priority %s on tier %s has %s minutes", (priority, tier, minutes) => {
    expect(targetFor(targets, { priority, tier })?.minutes).toBe(minutes);
  });
  test("nothing is promised for what no target names", () => {
    expect(targetFor(targets.slice(2), { priority: 2, tier: 1 })).toBeNull();
  });
});

describe("measure and stateOf", () => {
  const policy = {
    id: "P",
    name: "Acknowledged",
    metric: "acknowledge" as const,
    calendar: "always" as const,
    pausesWhileSnoozed: true,
    targets: [{ priority: null, tier: null, minutes: 10 }],
  };
  const begun = at("2026-03-02T08:00:00Z");
  const incident = {
    createdAt: begun,
    detectedAt: begun,
    firstPageAt: begun,
    firstAckAt: null,
    firstEngagedAt: null,
    mitigatedAt: null,
    resolvedAt: null,
    priority: 2,
    tier: 1,
    hours: null,
    snoozes: [],
  };
  const stateAt = (change: Partial<typeof incident>, minutes: number) => {
    const measured = measure(policy, { ...incident, ...change });
    return measured && stateOf(measured, begun + minutes * 60_000);
  };
  test.each([
    [{}, 7, "on_track"],
    [{}, 8, "at_risk"],
    [{}, 10, "at_risk"],
    [{}, 10.1, "breached"],
    [{ firstAckAt: begun + 600_000 }, 60, "met"],
    [{ firstAckAt: begun + 600_001 }, 60, "breached"],
    [{ resolvedAt: begun + 120_000 }, 60, "not_needed"],
    [{ resolvedAt: begun + 1_200_000 }, 60, "breached"],
    [{ snoozes: [{ start: begun + 60_000, end: null }] }, 60, "paused"],
  ])("%j after %s minutes is %s", (change, minutes, state) => {
    expect(stateAt(change as Partial<typeof incident>, minutes)).toBe(state);
  });
});

test("a budget is whole breaches", () => {
  expect(errorBudget(95, 40, 1)).toEqual({ allowed: 2, left: 1 });
  expect(errorBudget(90, 10, 3)).toEqual({ allowed: 1, left: -2 });
  expect(errorBudget(99.9, 10, 0)).toEqual({ allowed: 0, left: 0 });
});
