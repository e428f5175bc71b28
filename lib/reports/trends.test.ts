import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeRows, stretchesOf } from "#lib/reports/trends";
import { randomFrom } from "#lib/statistics/random";

const complete = (n: number) => Array.from({ length: n }, () => ({ incomplete: false }));
const WEEK = 7 * 86_400_000;

describe("stretchesOf", () => {
  test("the last third of the complete periods, at most four, against those before", () => {
    expect(stretchesOf([...complete(12), { incomplete: true }])).toEqual({
      recent: [8, 9, 10, 11],
      earlier: [0, 1, 2, 3, 4, 5, 6, 7],
    });
    expect(stretchesOf([{ incomplete: true }, ...complete(6)])).toEqual({
      recent: [5, 6],
      earlier: [1, 2, 3, 4],
    });
    expect(stretchesOf(complete(5))).toBeNull();
  });
});

describe("judgeRows", () => {
  const stretches = { recent: [8, 9, 10, 11], earlier: [0, 1, 2, 3, 4, 5, 6, 7] };
  const weeks = Array.from({ length: 12 }, () => WEEK);
  const row = (before: number, after: number) => [
    ...Array.from({ length: 8 }, () => before),
    ...Array.from({ length: 4 }, () => after),
  ];

  test("calls what tripled, praises what vanished, leaves the rest", () => {
    const rows = [row(2, 7), row(5, 0), row(3, 3), row(0, 0)];
    const [tripled, vanished, same, nothing] = judgeRows(rows, weeks, stretches);
    expect(tripled).toMatchObject({ word: "worsened", count: 28, expected: 8 });
    expect(vanished).toMatchObject({ word: "improved", count: 0 });
    expect(same).toMatchObject({ word: "no detectable change" });
    expect(nothing).toBeNull();
  });

  test("among 40 rows without a change, a page rarely names one", () => {
    const random = randomFrom(9);
    const poisson = (mean: number) => {
      let [count, product] = [0, random()];
      for (const limit = Math.exp(-mean); product > limit; count += 1) product *= random();
      return count;
    };
    const wrong = Array.from({ length: 300 }, () => {
      const rows = Array.from({ length: 40 }, () => Array.from({ length: 12 }, () => poisson(2)));
      return judgeRows(rows, weeks, stretches).some((found) => found?.word !== "no detectable change");
    }).filter(Boolean).length;
    expect(wrong / 300).toBeLessThan(0.12);
  });

  test("longer periods expect more", () => {
    const lengths = [WEEK, WEEK, WEEK, WEEK, 2 * WEEK, 2 * WEEK];
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 50 }), (count) => {
        const [found] = judgeRows([[count, count, count, count, 0, 0]], lengths, {
          recent: [4, 5],
          earlier: [0, 1, 2, 3],
        });
        expect(found?.expected).toBeCloseTo(4 * count, 9);
      }),
    );
  });
});
