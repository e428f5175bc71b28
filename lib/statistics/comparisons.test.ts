import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { finishedByInterval, kaplanMeier } from "#lib/statistics/kaplan-meier";
import { normalTail } from "#lib/statistics/normal-tail";
import { quantileInterval } from "#lib/statistics/quantile-interval";
import { logNormal, randomFrom } from "#lib/statistics/random";
import { rankSumTest, ranksOf } from "#lib/statistics/rank-sum";
import { shareDifference } from "#lib/statistics/share-difference";

describe("normalTail", () => {
  test("agrees with the tables", () => {
    expect(normalTail(0)).toBe(0.5);
    expect(normalTail(1.959963984540054)).toBeCloseTo(0.025, 12);
    expect(normalTail(-1.6448536269514722)).toBeCloseTo(0.95, 12);
    // Abramowitz and Stegun, table 26.2: Q(5) = 2.86652e-7.
    expect(normalTail(5) / 2.866515719e-7).toBeCloseTo(1, 8);
    // Both ways to compute it meet.
    expect(normalTail(3.5355) / normalTail(3.5356)).toBeCloseTo(1.00038, 4);
  });
});

describe("rankSumTest", () => {
  test("agrees with Hollander and Wolfe's permeability constants, as in R's wilcox.test", () => {
    const atTerm = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    const early = [1.15, 0.88, 0.9, 0.74, 1.21];
    const ranks = ranksOf(atTerm, early);
    // W = 35, and p = 0.1103 to one side without continuity correction; five values are below our own least number.
    expect(ranks.rankSum - 55).toBe(35);
    expect(rankSumTest(ranks)).toBeNull();
    expect(normalTail((35 - 25) / Math.sqrt((50 * 16) / 12))).toBeCloseTo(0.1103, 4);
    const twice = rankSumTest(ranksOf([...atTerm, ...atTerm], [...early, ...early]));
    expect(twice?.greater).toBeCloseTo(35 / 50, 12);
  });

  test("counts every pair, ties half, and turns round with its sides", () => {
    const sample = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 10, maxLength: 40 });
    fc.assert(
      fc.property(sample, sample, (one, other) => {
        const pairs = one.flatMap((a) => other.map((b): number => (a > b ? 1 : a === b ? 0.5 : 0)));
        const wins = pairs.reduce((sum, win) => sum + win, 0);
        const [there, back] = [rankSumTest(ranksOf(one, other)), rankSumTest(ranksOf(other, one))];
        expect(there?.greater).toBeCloseTo(wins / pairs.length, 10);
        expect(there?.p).toBeCloseTo(back?.p ?? -1, 10);
      }),
    );
    const same = Array.from({ length: 12 }, () => 5);
    expect(rankSumTest(ranksOf(same, same))).toEqual({ greater: 0.5, z: 0, p: 1 });
  });

  test("is wrong as often as its level says, and sees a change of 40 %", () => {
    const random = randomFrom(3);
    const share = (factor: number) => {
      const draw = (n: number, median: number) =>
        Array.from({ length: n }, () => logNormal(random, median, 1));
      const called = Array.from({ length: 1500 }, () =>
        rankSumTest(ranksOf(draw(60, 45), draw(60, 45 * factor))),
      );
      return called.filter((result) => result !== null && result.p < 0.02).length / 1500;
    };
    expect(Math.abs(share(1) - 0.02)).toBeLessThan(0.01);
    expect(share(0.6)).toBeGreaterThan(0.6);
  });
});

describe("shareDifference", () => {
  test("agrees with the examples of the paper", () => {
    // Newcombe (1998), table II, method 10: 56/70 - 48/80, 9/10 - 3/10, 10/10 - 0/20.
    const rounded = (a: [number, number], b: [number, number]) => {
      const found = shareDifference({ hits: a[0], n: a[1] }, { hits: b[0], n: b[1] });
      return [found?.low, found?.high].map((limit) => Number(limit?.toFixed(4)));
    };
    expect(rounded([56, 70], [48, 80])).toEqual([0.0524, 0.3339]);
    expect(rounded([9, 10], [3, 10])).toEqual([0.1705, 0.809]);
    expect(rounded([10, 10], [0, 20])).toEqual([0.6791, 1]);
    expect(shareDifference({ hits: 0, n: 0 }, { hits: 1, n: 2 })).toBeNull();
  });
});

describe("quantileInterval", () => {
  test("covers the true p90 about nine times in ten", () => {
    for (const n of [40, 120, 400]) {
      const random = randomFrom(n);
      const truth = 45 * Math.exp(1.2815515655446004);
      const { low, high } = quantileInterval(n, 0.9) ?? { low: 1, high: n };
      const covered = Array.from({ length: 1500 }, () => {
        const sorted = Array.from({ length: n }, () => logNormal(random, 45, 1)).sort((a, b) => a - b);
        return (sorted[low - 1] ?? 0) <= truth && truth <= (sorted[high - 1] ?? 0);
      }).filter(Boolean).length;
      expect(covered / 1500, `coverage at n = ${n}`).toBeGreaterThan(0.88);
      expect(covered / 1500, `coverage at n = ${n}`).toBeLessThan(0.98);
    }
  });

  test("agrees with the table for the median: ranks 6 and 15 of 20 at 95 %, 2 and 9 of 10 at 90 %", () => {
    expect(quantileInterval(20, 0.5, 0.95)).toEqual({ low: 6, high: 15 });
    expect(quantileInterval(10, 0.5, 0.9)).toEqual({ low: 2, high: 9 });
    expect([quantileInterval(28, 0.9), quantileInterval(29, 0.9)?.high]).toEqual([null, 29]);
  });

  test("stays inside the data and says nothing of a tail that is not there", () => {
    expect(quantileInterval(10, 0.9)).toBeNull();
    expect([quantileInterval(4, 0.5), quantileInterval(0, 0.5)]).toEqual([null, null]);
    for (let n = 29; n < 300; n += 7) {
      const { low, high } = quantileInterval(n, 0.9) ?? { low: 0, high: 0 };
      expect(1 <= low && low < high && high <= n).toBe(true);
    }
  });
});

describe("finishedByInterval", () => {
  test("agrees with R's survfit on the remission times under 6-MP, log-log limits: 23, from 13, no end", () => {
    const one = (ms: number, finished: number) => ({ ms, finished, censored: 1 - finished });
    const steps = kaplanMeier([
      ...[6, 6, 6, 7, 10, 13, 16, 22, 23].map((ms) => one(ms, 1)),
      ...[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map((ms) => one(ms, 0)),
    ]);
    expect(finishedByInterval(steps, 0.5)).toEqual({ ms: 23, low: 13, high: null });
  });

  test("covers the true median about 95 times in 100, half of them unfinished", () => {
    const random = randomFrom(5);
    const covered = Array.from({ length: 600 }, () => {
      const steps = kaplanMeier(
        Array.from({ length: 60 }, () => {
          const [length, seen] = [logNormal(random, 45, 1), logNormal(random, 60, 1)];
          const finished = length <= seen ? 1 : 0;
          return { ms: Math.min(length, seen), finished, censored: 1 - finished };
        }),
      );
      const { low, high } = finishedByInterval(steps, 0.5);
      return (low ?? 0) <= 45 && 45 <= (high ?? Number.POSITIVE_INFINITY);
    }).filter(Boolean).length;
    expect(covered / 600).toBeGreaterThan(0.92);
    expect(covered / 600).toBeLessThan(0.985);
  });
});
