import { describe, expect, test } from "vitest";
import { median } from "#lib/statistics/quantile";
import { logNormal, randomFrom } from "#lib/statistics/random";
import { verdictOn, verdictOnCounts, verdictOnShares } from "#lib/statistics/verdict";
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

  // What the reports promise; `--reporter=verbose` shows the numbers.
  test("with 20 incidents a month cries wolf in at most 2.5 % of months and finds a change of 40 % in eight", async ({
    annotate,
  }) => {
    const runs = 2500;
    const eight = Array.from({ length: 8 }, (_, index) => 13 + index);
    let [wolf, found] = [0, 0];
    for (let seed = 0; seed < runs; seed += 1) {
      const steady = simulate(seed, 20, 20, () => 45);
      const better = simulate(runs + seed, 20, 20, (month) => (month < 12 ? 45 : 27));
      const words = eight.map((months) => verdictOn(steady.slice(0, months)).word);
      wolf += words.filter((word) => word === "improved" || word === "worsened").length;
      if (eight.some((months) => verdictOn(better.slice(0, months)).word === "improved")) found += 1;
    }
    await annotate(`False alarms in ${((wolf / runs / 8) * 100).toFixed(2)} % of months without a change`);
    await annotate(
      `A lasting improvement of 40 % found within 8 months in ${((found / runs) * 100).toFixed(1)} % of runs`,
    );
    expect(wolf / runs / 8).toBeLessThanOrEqual(0.025);
    expect(found / runs).toBeGreaterThanOrEqual(0.8);
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

/** Months of counts that come in bursts of one to five. */
function bursts(seed: number, months: number, perMonth: (month: number) => number) {
  const random = randomFrom(seed);
  return Array.from({ length: months }, (_, month) => {
    let count = 0;
    for (let chance = 0; chance < perMonth(month); chance += 1) {
      if (random() < 0.5) count += 1 + Math.floor(random() * 5);
    }
    return { count, incomplete: false };
  });
}

describe("verdictOnCounts", () => {
  const words = (perMonth: (month: number) => number) =>
    Array.from({ length: 600 }, (_, seed) => verdictOnCounts(bursts(seed, 20, perMonth)).word);

  test("takes bursts for what they are, and sees counts that halve", () => {
    const steady = words(() => 30);
    expect(steady.filter((word) => word !== "no detectable change").length / 600).toBeLessThan(0.05);
    const halved = words((month) => (month < 12 ? 30 : 15));
    expect(halved.filter((word) => word === "improved").length / 600).toBeGreaterThan(0.8);
    expect(halved).not.toContain("worsened");
  });

  test("zeros are counts, and few periods too little", () => {
    const zeros = Array.from({ length: 12 }, () => ({ count: 0, incomplete: false }));
    expect(verdictOnCounts(zeros).word).toBe("no detectable change");
    expect(verdictOnCounts([...zeros, { count: 9, incomplete: true }]).word).toBe("no detectable change");
    expect(verdictOnCounts([...zeros, { count: 9, incomplete: false }]).word).toBe("worsened");
    expect(verdictOnCounts(zeros.slice(0, 5))).toMatchObject({
      word: "too little data",
      because: "5 complete periods: 6 are needed to tell a change from chance.",
    });
  });
});

describe("verdictOnShares", () => {
  const shares = (seed: number, share: (month: number) => number) => {
    const random = randomFrom(seed);
    return Array.from({ length: 20 }, (_, month) => ({
      hits: Array.from({ length: 40 }, () => random() < share(month)).filter(Boolean).length,
      n: 40,
      incomplete: false,
    }));
  };

  test("more is better; chance is neither", () => {
    const words = (share: (month: number) => number) =>
      Array.from({ length: 400 }, (_, seed) => verdictOnShares(shares(seed, share)).word);
    expect(words(() => 0.8).filter((word) => word !== "no detectable change").length / 400).toBeLessThan(
      0.04,
    );
    const better = words((month) => (month < 12 ? 0.6 : 0.9));
    expect(better.filter((word) => word === "improved").length / 400).toBeGreaterThan(0.8);
    expect(better).not.toContain("worsened");
  });

  test("periods with nothing in them are none", () => {
    const empty = Array.from({ length: 20 }, () => ({ hits: 0, n: 0, incomplete: false }));
    expect(verdictOnShares(empty).word).toBe("too little data");
    const all = Array.from({ length: 20 }, () => ({ hits: 9, n: 9, incomplete: false }));
    expect(verdictOnShares(all).word).toBe("no detectable change");
  });
});
