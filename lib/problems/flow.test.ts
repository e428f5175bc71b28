import { describe, expect, test } from "vitest";
import { flowAt, stateAt } from "#lib/problems/flow";
import type { ProblemCourse } from "#lib/problems/flow";

const COURSE: ProblemCourse = {
  createdAt: 10,
  state: "closed",
  stateChangedAt: 40,
  moves: [
    { at: 20, to: "investigating" },
    { at: 30, to: "verifying" },
    { at: 40, to: "closed" },
  ],
};

describe("the course of a problem", () => {
  test("begins as suspected, follows its moves, and is not there before", () => {
    expect([5, 10, 19, 20, 35, 40, 99].map((at) => stateAt(COURSE, at))).toEqual([
      null,
      "suspected",
      "suspected",
      "investigating",
      "verifying",
      "closed",
      "closed",
    ]);
  });

  test("ends where the problem is now, also without a record of its moves", () => {
    const silent = { ...COURSE, moves: [] };
    expect([15, 40].map((at) => stateAt(silent, at))).toEqual(["suspected", "closed"]);
  });

  test("adds up to the problems that were known at each instant", () => {
    const points = flowAt([COURSE, { ...COURSE, createdAt: 25 }], [5, 15, 25, 45]);
    const totals = points.map(({ counts }) => Object.values(counts).reduce((sum, count) => sum + count, 0));
    expect(totals).toEqual([0, 1, 2, 2]);
    expect(points[3]?.counts.closed).toBe(2);
  });
});
