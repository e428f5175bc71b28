import fc from "fast-check";
import { expect, test } from "vitest";
import type { Interval } from "#lib/time/interval";
import { complement, intersect, subtract, totalLength, union } from "#lib/time/interval";

const SIZE = 40;
const interval = fc
  .tuple(fc.integer({ min: 0, max: SIZE }), fc.integer({ min: 0, max: SIZE }))
  .map(([start, end]) => ({ start, end }));
const some = fc.array(interval, { maxLength: 8 });

function has(intervals: readonly Interval[], point: number): boolean {
  return intervals.some((it) => it.start <= point && point < it.end);
}

function points(test: (point: number) => boolean): number[] {
  return Array.from({ length: SIZE + 1 }, (_, point) => point).filter(test);
}

/** Sorted, apart from each other, and not empty. */
function expectNormal(intervals: readonly Interval[]): void {
  const edges = intervals.flatMap((it) => [it.start, it.end]);
  expect(edges).toEqual([...new Set(edges)].sort((a, b) => a - b));
}

test("a union has every point of its parts, joined where they touch", () => {
  fc.assert(
    fc.property(some, (parts) => {
      const joined = union(parts);
      expectNormal(joined);
      expect(points((it) => has(joined, it))).toEqual(points((it) => has(parts, it)));
    }),
  );
  expect(
    union([
      { start: 1, end: 2 },
      { start: 2, end: 3 },
    ]),
  ).toEqual([{ start: 1, end: 3 }]);
});

test("intersection, difference and complement are those of the points", () => {
  fc.assert(
    fc.property(some, some, interval, (left, right, range) => {
      const [a, b] = [union(left), union(right)];
      const common = intersect(a, b);
      const rest = subtract(a, b);
      const outside = complement(range, b);
      for (const result of [common, rest, outside]) expectNormal(result);
      expect(points((it) => has(common, it))).toEqual(points((it) => has(a, it) && has(b, it)));
      expect(points((it) => has(rest, it))).toEqual(points((it) => has(a, it) && !has(b, it)));
      expect(points((it) => has(outside, it))).toEqual(points((it) => has([range], it) && !has(b, it)));
      expect(totalLength(common) + totalLength(rest)).toBe(totalLength(a));
    }),
  );
});

test("pieces that overlap each other are each cut, and keep what they carry", () => {
  fc.assert(
    fc.property(some, some, (left, right) => {
      const pieces = left.map((it, name) => ({ ...it, name })).sort((a, b) => a.start - b.start);
      const mask = union(right);
      const kept = intersect(pieces, mask);
      for (const { name } of pieces) {
        const own = kept.filter((it) => it.name === name);
        const whole = pieces.filter((it) => it.name === name);
        expect(points((it) => has(own, it))).toEqual(points((it) => has(whole, it) && has(mask, it)));
      }
    }),
  );
});
