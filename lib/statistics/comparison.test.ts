import { describe, expect, test } from "vitest";
import { compareDurations, compareRates, compareShares } from "#lib/statistics/comparison";
import { logNormal, randomFrom } from "#lib/statistics/random";
import { ranksOf } from "#lib/statistics/rank-sum";

const quarter = (count: number) => ({ count, exposure: 92 });

describe("compareRates", () => {
  test("three after five is no change that could be seen, twelve after two is", () => {
    expect(compareRates(quarter(3), quarter(5)).word).toBe("no detectable change");
    expect(compareRates(quarter(12), quarter(2))).toEqual({
      word: "worsened",
      because: "12 against 2.0 expected at the earlier rate, p = 0.013 (exact test of two rates).",
    });
    expect(compareRates(quarter(2), quarter(14)).word).toBe("improved");
    expect(compareRates(quarter(14), quarter(2), "more").word).toBe("improved");
  });

  test("so few that nothing could be said are too few", () => {
    expect(compareRates(quarter(6), quarter(0)).word).toBe("too little data");
    expect(compareRates(quarter(7), quarter(0)).word).toBe("worsened");
  });
});

describe("compareDurations", () => {
  test("sees a change of 40 % among many and says too little of few", () => {
    const random = randomFrom(1);
    const draw = (n: number, median: number) => Array.from({ length: n }, () => logNormal(random, median, 1));
    expect(compareDurations(ranksOf(draw(150, 27), draw(150, 45))).word).toBe("improved");
    expect(compareDurations(ranksOf(draw(150, 45), draw(150, 27))).word).toBe("worsened");
    expect(compareDurations(ranksOf(draw(9, 45), draw(150, 27))).word).toBe("too little data");
  });
});

describe("compareShares", () => {
  test("needs an interval without zero", () => {
    expect(compareShares({ hits: 47, n: 50 }, { hits: 45, n: 50 }).word).toBe("no detectable change");
    expect(compareShares({ hits: 95, n: 100 }, { hits: 70, n: 100 }).word).toBe("improved");
    expect(compareShares({ hits: 70, n: 100 }, { hits: 95, n: 100 }).word).toBe("worsened");
    expect(compareShares({ hits: 0, n: 0 }, { hits: 1, n: 1 }).word).toBe("too little data");
  });
});
