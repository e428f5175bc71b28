import fc from "fast-check";
import { expect, test } from "vitest";
import type { Nights } from "#lib/reports/nights";
import { nightsOf } from "#lib/reports/nights";

test("a night counts once however often it woke, and a gap ends the row", () => {
  const rows = [
    [0, 100],
    [1, 100],
    [0, 101],
    [0, 100],
    [0, 103],
    [0, -1],
    [2, -1],
  ] as const;
  const found = nightsOf(
    Int32Array.from(rows, ([person]) => person),
    Int32Array.from(rows, ([, night]) => night),
  );
  expect(found).toEqual(
    new Map([
      [0, { nights: 3, streak: 2 }],
      [1, { nights: 1, streak: 1 }],
    ]),
  );
});

test("agree with walking through each person's days", () => {
  const row = fc.tuple(fc.nat({ max: 3 }), fc.integer({ min: -1, max: 25 }));
  fc.assert(
    fc.property(fc.array(row, { maxLength: 80 }), (rows) => {
      const found = nightsOf(
        Int32Array.from(rows, ([person]) => person),
        Int32Array.from(rows, ([, night]) => night),
      );
      expect([...found].toSorted(([a], [b]) => a - b)).toEqual(
        [0, 1, 2, 3].flatMap((person): [number, Nights][] => {
          const woken = new Set(rows.flatMap(([of, night]) => (of === person && night >= 0 ? night : [])));
          if (woken.size === 0) return [];
          let streak = 0;
          let run = 0;
          for (let day = 0; day <= 25; day += 1) {
            run = woken.has(day) ? run + 1 : 0;
            streak = Math.max(streak, run);
          }
          return [[person, { nights: woken.size, streak }]];
        }),
      );
    }),
  );
});
