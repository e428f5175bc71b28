import fc from "fast-check";
import { expect, test } from "vitest";
import { paretoOf } from "#lib/problems/pareto";

test("a Pareto ends at all of it, in steps that never grow but for the rest, and leaves nothing out", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 1000 })), fc.integer({ min: 1, max: 6 }), (values, most) => {
      const rows = paretoOf(values, (value) => value, most);
      const costly = values.filter((value) => value > 0);
      expect(rows.reduce((sum, { value }) => sum + value, 0)).toBe(
        costly.reduce((sum, value) => sum + value, 0),
      );
      if (costly.length === 0) return;
      expect(rows.at(-1)?.soFar).toBeCloseTo(1, 9);
      const named = rows.filter(({ item }) => item !== null);
      expect(named.map(({ value }) => value)).toEqual(costly.toSorted((a, b) => b - a).slice(0, most));
      expect(rows.reduce((sum, { rest, item }) => sum + (item === null ? rest : 1), 0)).toBe(costly.length);
    }),
  );
});
