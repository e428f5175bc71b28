import { describe, expect, test } from "vitest";
import { evaluate } from "#lib/noise/evaluation";
import { runTrial, TRIALS } from "#lib/testing/grouping-trial";
import { gameDay } from "#lib/testing/game-day";

const labelled = (list: [string, string | null][]) =>
  list.map(([cause, incident], index) => ({ alertId: `A${index}`, cause, incident, pages: true }));

describe("pairs", () => {
  test("the clusters of the textbook: precision 20/40, recall 20/24", () => {
    // Introduction to Information Retrieval, figure 16.4.
    const of = (incident: string, causes: string) =>
      causes.split("").map((cause): [string, string] => [cause, incident]);
    const result = evaluate(labelled([...of("1", "xxxxxo"), ...of("2", "xoooov"), ...of("3", "xxvvv")]));
    expect(result.precision).toBeCloseTo(20 / 40);
    expect(result.recall).toBeCloseTo(20 / 44);
    expect(result.overMerged).toHaveLength(5);
  });

  test("a cause whose alerts are all held back, or all on incidents of others, is a missed page", () => {
    const result = evaluate(
      labelled([
        ["a", "1"],
        ["a", "1"],
        ["b", "1"],
        ["c", null],
        ["d", "2"],
      ]),
    );
    expect(result.pagesMissed).toEqual(["b", "c"]);
  });
});

describe("the labelled game day", () => {
  test("equal seeds give equal days, with 40 services", () => {
    expect(gameDay(7)).toEqual(gameDay(7));
    expect(gameDay(7).services).toHaveLength(40);
    expect(gameDay(8)).not.toEqual(gameDay(7));
  });

  test.each([7, 8, 9])(
    "grouping that isn't coarse misses no page and merges hardly anything wrongly (seed %i)",
    (seed) => {
      for (const trial of TRIALS.filter(({ coarse }) => !coarse)) {
        const result = runTrial(trial, seed);
        expect(result.pagesMissed).toEqual([]);
        expect(result.precision ?? 1).toBeGreaterThanOrEqual(0.98);
        expect(result.overMergeRate).toBeLessThanOrEqual(0.01);
      }
    },
  );

  test.each([7, 8, 9])(
    "similarity takes at least half of the pages away, more so across services (seed %i)",
    (seed) => {
      const of = (name: string) =>
        runTrial(
          TRIALS.find((trial) => trial.name === name)!,
          seed,
        );
      const alone = of("similarity, per service");
      const across = of("similarity, all services");
      const taught = of("similarity, all services, taught");
      expect(alone.pagesAvoided / alone.alerts).toBeGreaterThanOrEqual(0.5);
      expect(across.pagesAvoided).toBeGreaterThan(alone.pagesAvoided);
      expect(taught.f1!).toBeGreaterThan(across.f1!);
      expect(across.f1!).toBeGreaterThan(alone.f1!);
    },
  );
});
