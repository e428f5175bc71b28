import { describe, expect, test } from "vitest";
import { median } from "#lib/statistics/quantile";
import { logNormal, randomFrom } from "#lib/statistics/random";
import { verdictOn } from "#lib/statistics/verdict";
import type { Period, VerdictWord } from "#lib/statistics/verdict";

/** Months of log-normal durations whose median is what `truth` says. */
function simulate(
  seed: number,
  months: number,
  perMonth: number,
  truth: (month: number) => number,
): Period[] {
  const random = randomFrom(seed);
  return Array.from({ length: months }, (_, month) => ({
    median: median(Array.from({ length: perMonth }, () => logNormal(random, truth(month), 1))),
    n: perMonth,
    incomplete: false,
  }));
}

function shareOf(word: VerdictWord, seeds: number, periods: (seed: number) => Period[]): number {
  const words = Array.from({ length: seeds }, (_, seed) => verdictOn(periods(seed)).word);
  return words.filter((found) => found === word).length / seeds;
}

describe("verdictOn", () => {
  test.each([8, 20, 50])("rarely sees a change where there is none (%i a month)", (perMonth) => {
    for (const months of [7, 12, 13, 20]) {
      const periods = (seed: number) => simulate(seed, months, perMonth, () => 45);
      expect(shareOf("improved", 300, periods), `improved after ${months}`).toBeLessThanOrEqual(0.05);
      expect(shareOf("worsened", 300, periods), `worsened after ${months}`).toBeLessThanOrEqual(0.05);
    }
  });

  test("sees a sustained change that is large enough", () => {
    const halved = (seed: number) => simulate(seed, 20, 20, (month) => (month < 12 ? 45 : 22));
    const doubled = (seed: number) => simulate(seed, 20, 20, (month) => (month < 12 ? 45 : 90));
    expect(shareOf("improved", 200, halved)).toBeGreaterThan(0.85);
    expect(shareOf("worsened", 200, doubled)).toBeGreaterThan(0.85);
    expect(shareOf("worsened", 200, halved)).toBe(0);
  });

  test("says too little data rather than guess", () => {
    expect(verdictOn([]).word).toBe("too little data");
    expect(verdictOn(simulate(1, 5, 20, () => 45)).word).toBe("too little data");
    expect(verdictOn(simulate(1, 20, 4, () => 45))).toMatchObject({ word: "too little data" });
  });

  test("an incomplete period takes no part", () => {
    const periods = simulate(3, 13, 20, () => 45);
    const with1Minute = [...periods, { median: 1, n: 9, incomplete: true }];
    expect(verdictOn(with1Minute)).toEqual(verdictOn(periods));
  });
});
