import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { finishedBy, kaplanMeier, thin } from "#lib/statistics/kaplan-meier";
import type { Observation } from "#lib/statistics/kaplan-meier";
import { EXACT_UP_TO, medianInterval } from "#lib/statistics/median-interval";
import { processBehaviour } from "#lib/statistics/process-behaviour";
import { mean, median, quantile } from "#lib/statistics/quantile";
import { logNormal, pick, pickWeighted, randomFrom } from "#lib/statistics/random";
import { wilson } from "#lib/statistics/wilson";

const ascending = (values: number[]) => values.sort((a, b) => a - b);

describe("quantile", () => {
  test("agrees with R's default on its own example", () => {
    const values = [1, 2, 4, 8, 16, 32, 64, 128];
    expect([0, 0.25, 0.5, 0.75, 0.9, 1].map((share) => Number(quantile(values, share)?.toFixed(9)))).toEqual([
      1, 3.5, 12, 40, 83.2, 128,
    ]);
    expect(mean(values)).toBe(31.875);
    expect(median([7, 1, 3])).toBe(3);
  });

  test("of nothing is nothing", () => {
    expect([quantile([], 0.5), mean([]), median([])]).toEqual([null, null, null]);
  });

  test("never leaves the data and never decreases with the share", () => {
    const values = fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1 }).map(ascending);
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(values, share, share, (sorted, a, b) => {
        const low = quantile(sorted, Math.min(a, b)) ?? 0;
        const high = quantile(sorted, Math.max(a, b)) ?? 0;
        expect(low).toBeLessThanOrEqual(high + 1e-6);
        expect(low).toBeGreaterThanOrEqual((sorted[0] ?? 0) - 1e-6);
        expect(high).toBeLessThanOrEqual((sorted.at(-1) ?? 0) + 1e-6);
      }),
    );
  });
});

describe("medianInterval", () => {
  test("agrees with a bootstrap by random resampling", () => {
    for (const n of [5, 9, 15, 25, 51, 101]) {
      const random = randomFrom(n);
      const medians = Array.from({ length: 2000 }, () =>
        median(Array.from({ length: n }, () => Math.floor(random() * n) + 1)),
      );
      const sorted = ascending(medians.map((value) => value ?? 0));
      const interval = medianInterval(n);
      expect(
        Math.abs((interval?.low ?? 0) - (quantile(sorted, 0.05) ?? 0)),
        `low of ${n}`,
      ).toBeLessThanOrEqual(1);
      expect(
        Math.abs((interval?.high ?? 0) - (quantile(sorted, 0.95) ?? 0)),
        `high of ${n}`,
      ).toBeLessThanOrEqual(1);
    }
  });

  test("the approximation continues the exact sum", () => {
    const exact = medianInterval(EXACT_UP_TO);
    const beyond = medianInterval(EXACT_UP_TO + 1);
    expect(Math.abs((beyond?.low ?? 0) - (exact?.low ?? 0))).toBeLessThanOrEqual(1);
    expect(Math.abs((beyond?.high ?? 0) - (exact?.high ?? 0))).toBeLessThanOrEqual(2);
  });

  test("covers the true median about nine times in ten", () => {
    for (const n of [10, 30, 400]) {
      const random = randomFrom(42 + n);
      const { low, high } = medianInterval(n) ?? { low: 1, high: n };
      const covered = Array.from({ length: 1500 }, () => {
        const sorted = ascending(Array.from({ length: n }, () => logNormal(random, 45, 1)));
        return (sorted[low - 1] ?? 0) <= 45 && 45 <= (sorted[high - 1] ?? 0);
      });
      const share = covered.filter(Boolean).length / covered.length;
      expect(share, `coverage at n = ${n}`).toBeGreaterThan(0.86);
      expect(share, `coverage at n = ${n}`).toBeLessThan(0.97);
    }
  });

  test("is symmetric, inside the data, and refuses too few", () => {
    for (let n = 5; n <= 400; n += 1) {
      const { low, high } = medianInterval(n) ?? { low: 0, high: 0 };
      expect(low).toBeGreaterThanOrEqual(1);
      expect(high).toBeLessThanOrEqual(n);
      expect(low).toBeLessThan(high);
      expect(Math.abs(low + high - (n + 1))).toBeLessThanOrEqual(1);
    }
    expect([0, 4, 4.5].map(medianInterval)).toEqual([null, null, null]);
  });
});

describe("wilson", () => {
  test("agrees with published intervals", () => {
    const few = wilson(0, 10);
    expect([few?.share, few?.low]).toEqual([0, 0]);
    expect(few?.high).toBeCloseTo(0.2775, 4);
    const most = wilson(81, 263);
    expect(most?.low).toBeCloseTo(0.2553, 4);
    expect(most?.high).toBeCloseTo(0.3662, 4);
    expect(wilson(0, 0)).toBeNull();
  });
});

describe("kaplanMeier", () => {
  test("what is censored at a time was there when others finished then, however they are told", () => {
    const together = kaplanMeier([
      { ms: 1, finished: 5, censored: 2 },
      { ms: 2, finished: 3, censored: 0 },
    ]);
    const apart = kaplanMeier([
      { ms: 1, finished: 3, censored: 2 },
      { ms: 2, finished: 3, censored: 0 },
      { ms: 1, finished: 2, censored: 0 },
    ]);
    expect(apart).toEqual(together);
  });

  // Freireich's remission times under 6-MP, in weeks: the textbook example.
  const remission: Observation[] = [
    ...[6, 6, 6, 7, 10, 13, 16, 22, 23].map((ms) => ({ ms, finished: 1, censored: 0 })),
    ...[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map((ms) => ({ ms, finished: 0, censored: 1 })),
  ];

  test("agrees with the textbook", () => {
    const steps = kaplanMeier(remission);
    expect(steps.map(({ ms, share }) => [ms, Number(share.toFixed(4))])).toEqual([
      [6, 0.8571],
      [7, 0.8067],
      [10, 0.7529],
      [13, 0.6902],
      [16, 0.6275],
      [22, 0.5378],
      [23, 0.4482],
    ]);
    expect(finishedBy(steps, 0.5)).toBe(23);
    expect(finishedBy(steps, 0.9)).toBeNull();
    expect(steps[0]?.low).toBeCloseTo(0.6197, 3);
    expect(steps[0]?.high).toBeCloseTo(0.9516, 3);
  });

  test("without open incidents it is the plain share", () => {
    const times = [5, 5, 8, 13, 21];
    const steps = kaplanMeier(times.map((ms) => ({ ms, finished: 1, censored: 0 })));
    expect(steps.map(({ share }) => Number(share.toFixed(10)))).toEqual([0.6, 0.4, 0.2, 0]);
  });

  test("an open incident never counts as finished", () => {
    const times = fc.array(fc.record({ ms: fc.integer({ min: 1, max: 1000 }), open: fc.boolean() }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(times, (items) => {
        const steps = kaplanMeier(
          items.map(({ ms, open }) => ({ ms, finished: open ? 0 : 1, censored: open ? 1 : 0 })),
        );
        expect(steps).toHaveLength(new Set(items.filter(({ open }) => !open).map(({ ms }) => ms)).size);
        const lastFinished = Math.max(0, ...items.filter(({ open }) => !open).map(({ ms }) => ms));
        const openThen = items.some(({ open, ms }) => open && ms >= lastFinished);
        expect((steps.at(-1)?.share ?? 1) > 1e-12).toBe(openThen || steps.length === 0);
        for (const { low, share, high } of steps) expect(low <= share && share <= high).toBe(true);
      }),
    );
    const late = kaplanMeier([
      { ms: 10, finished: 1, censored: 0 },
      { ms: 100, finished: 0, censored: 9 },
    ]);
    expect(late).toHaveLength(1);
    expect(late[0]?.share).toBeCloseTo(0.9, 12);
  });

  test("thin keeps the ends", () => {
    const steps = kaplanMeier(
      Array.from({ length: 500 }, (_, index) => ({ ms: index, finished: 1, censored: 0 })),
    );
    const few = thin(steps, 50);
    expect(few).toHaveLength(50);
    expect([few[0], few.at(-1)]).toEqual([steps[0], steps.at(-1)]);
  });
});

describe("processBehaviour", () => {
  test("has the limits of a worked example", () => {
    // Logs 1, 3, 1, 3 …: mean 2, mean moving range 2, limits 2 ± 6.
    const values = Array.from({ length: 12 }, (_, index) => Math.exp(index % 2 === 0 ? 1 : 3));
    const { limits, signals } = processBehaviour(values);
    expect(limits).toMatchObject({ from: 0, to: 11, provisional: false });
    expect(Math.log(limits?.centre ?? 0)).toBeCloseTo(2, 12);
    expect(Math.log(limits?.lower ?? 0)).toBeCloseTo(2 - 6, 12);
    expect(Math.log(limits?.upper ?? 0)).toBeCloseTo(2 + 6, 12);
    expect(signals).toEqual([]);
  });

  test("finds a point outside and the eighth in a row", () => {
    const steady = [10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12];
    expect(processBehaviour([...steady, 40]).signals).toEqual([
      { index: 12, kind: "outside", side: "above" },
    ]);
    const low = Array.from({ length: 8 }, () => 10.5);
    expect(
      processBehaviour([...steady, ...low]).signals.map(({ kind, side }) => `${kind} ${side}`),
    ).toContain("run below");
  });

  test("is provisional below twelve points and absent below six; gaps take no part", () => {
    expect(processBehaviour([1, 2, 1, 2, 1]).limits).toBeNull();
    expect(processBehaviour([1, null, 2, 1, 2, 0, 1]).limits).toBeNull();
    expect(processBehaviour([null, 1, 2, 1, 2, 1, 2]).limits).toMatchObject({
      from: 1,
      to: 6,
      provisional: true,
    });
  });

  test("a process that never moves gives no signal", () => {
    expect(processBehaviour(Array.from({ length: 20 }, () => 7)).signals).toEqual([]);
  });
});

describe("randomFrom", () => {
  test("repeats itself, fills [0, 1) evenly, and weighs", () => {
    const [one, other] = [randomFrom(7), randomFrom(7)];
    const draws = Array.from({ length: 20_000 }, one);
    expect(Array.from({ length: 20_000 }, other)).toEqual(draws);
    expect(Math.abs((mean(draws) ?? 0) - 0.5)).toBeLessThan(0.01);
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draws)).toBeLessThan(1);
    const heavy = Array.from({ length: 5000 }, () =>
      pickWeighted(one, ["a", "b"], (item) => (item === "a" ? 9 : 1)),
    );
    expect(Math.abs(heavy.filter((item) => item === "a").length / 5000 - 0.9)).toBeLessThan(0.02);
    expect(() => pick(one, [])).toThrow("nothing");
  });
});
