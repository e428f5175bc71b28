import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  exposureOf,
  findRecurrences,
  gameMultiplier,
  hasGrown,
  recurrenceSentence,
} from "#lib/problems/recurrence";
import type { Cluster, WindowHours } from "#lib/problems/recurrence";
import { stateAfterFinding } from "#lib/problems/suggestion";

const DAY = 24;
const plain = (windowDays: number): WindowHours => ({
  windowDays,
  observed: { total: windowDays * DAY, game: 0 },
  baseline: { total: windowDays * 8 * DAY, game: 0 },
});
const HOURS = [plain(7), plain(14), plain(28)];
const cluster = (observed: number, baseline: number, windowDays = 14, key = "a"): Cluster => ({
  key,
  windowDays,
  observed,
  baseline,
});

describe("findRecurrences", () => {
  test("7 in 14 days where 1.9 were to be expected stands out", () => {
    const [found] = findRecurrences([cluster(7, 15)], HOURS, 1, 1);
    expect(found).toMatchObject({ observed: 7, expected: 1.875, ratio: 7 / 1.875 });
    // P(X >= 7), X binomial of 22 and 1/9: 14 of 126 days. Summed in exact fractions.
    expect(found?.p).toBeCloseTo(0.0078511358, 9);
    expect(recurrenceSentence(found as never)).toBe("7 in 14 days, expected 1.9 (p = 0.008)");
  });

  test.each([
    ["fewer than three", cluster(2, 0)],
    ["less than twice the usual rate", cluster(30, 160)],
    ["chance", cluster(3, 10)],
  ])("%s is no recurrence", (_, found) => expect(findRecurrences([found], HOURS, 1, 1)).toEqual([]));

  test("what stands out alone is chance among a thousand kinds", () => {
    expect(findRecurrences([cluster(7, 15)], HOURS, 1, 1000)).toEqual([]);
    expect(findRecurrences([cluster(7, 0)], HOURS, 1, 1000)).toHaveLength(1);
  });

  test("of several windows the most certain is given", () => {
    const found = findRecurrences([cluster(4, 1, 7), cluster(9, 2, 14), cluster(9, 8, 28)], HOURS, 1, 3);
    expect(found.map(({ windowDays }) => windowDays)).toEqual([14]);
  });

  test("of windows with the same incidents the shortest is given", () => {
    const found = findRecurrences([cluster(6, 0, 28), cluster(6, 0, 7), cluster(6, 0, 14)], HOURS, 1, 3);
    expect(found.map(({ windowDays }) => windowDays)).toEqual([7]);
  });

  test("games explain more incidents: the same count over a window full of games stands out no more", () => {
    const games = [
      { windowDays: 14, observed: { total: 336, game: 40 }, baseline: { total: 2688, game: 0 } },
    ];
    expect(findRecurrences([cluster(7, 15)], games, 1, 1)).toHaveLength(1);
    expect(findRecurrences([cluster(7, 15)], games, 20, 1)).toEqual([]);
  });

  test("a history shorter than two windows is no baseline", () => {
    const young = [{ ...plain(14), baseline: { total: 27 * DAY, game: 0 } }];
    expect(findRecurrences([cluster(9, 0)], young, 1, 1)).toEqual([]);
  });

  test("whatever is found passes every bar, once each", () => {
    const clusters = fc.array(
      fc.record({
        key: fc.constantFrom("a", "b", "c", "d"),
        windowDays: fc.constantFrom(7, 14, 28),
        observed: fc.integer({ min: 1, max: 40 }),
        baseline: fc.integer({ min: 0, max: 60 }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(clusters, fc.double({ min: 1, max: 10, noNaN: true }), (list, multiplier) => {
        const found = findRecurrences(list, HOURS, multiplier, list.length);
        expect(new Set(found.map(({ key }) => key)).size).toBe(found.length);
        for (const { observed, ratio, q, p } of found) {
          expect(observed).toBeGreaterThanOrEqual(3);
          expect(ratio ?? 2).toBeGreaterThanOrEqual(2);
          expect(q).toBeLessThanOrEqual(0.1);
          expect(p).toBeLessThanOrEqual(q);
        }
      }),
    );
  });
});

describe("game time", () => {
  test("the multiplier is the ratio of the rates, and never below one", () => {
    expect(gameMultiplier({ game: 10, other: 20 }, { total: 1000, game: 100 })).toBeCloseTo(4.5);
    expect(gameMultiplier({ game: 1, other: 900 }, { total: 1000, game: 100 })).toBe(1);
    expect(gameMultiplier({ game: 5, other: 0 }, { total: 100, game: 10 })).toBe(1);
    expect(gameMultiplier({ game: 5, other: 3 }, { total: 100, game: 0 })).toBe(1);
    expect(exposureOf({ total: 100, game: 10 }, 3)).toBe(120);
  });
});

describe("what becomes of a suggestion", () => {
  const dismissed = { state: "dismissed" as const, dismissedCount: 4 };

  test("dismissed stays dismissed until it grows by half, and three at least", () => {
    expect(stateAfterFinding(dismissed, 4, false)).toBe("dismissed");
    expect(stateAfterFinding(dismissed, 6, false)).toBe("dismissed");
    expect(stateAfterFinding(dismissed, 7, false)).toBe("open");
    expect(hasGrown(20, 29)).toBe(false);
    expect(hasGrown(20, 30)).toBe(true);
  });

  test("what an open problem gathers is not proposed; after it is closed it is", () => {
    expect(stateAfterFinding(null, 9, true)).toBeNull();
    const accepted = { state: "accepted" as const, dismissedCount: null };
    expect(stateAfterFinding(accepted, 9, true)).toBe("accepted");
    expect(stateAfterFinding(accepted, 9, false)).toBe("open");
  });
});
