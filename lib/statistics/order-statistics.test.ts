import fc from "fast-check";
import { expect, test } from "vitest";
import { orderStatistics } from "#lib/statistics/order-statistics";

const values = fc.oneof(
  // Adding nothing makes -0 the 0 that it equals.
  fc.array(
    fc.double({ noNaN: true }).map((value) => value + 0),
    { minLength: 1, maxLength: 400 },
  ),
  // Many alike, as durations in whole minutes are.
  fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 400 }),
);

test("are what a sort puts there, and every value is still there", () => {
  fc.assert(
    fc.property(values, fc.array(fc.nat(), { maxLength: 6 }), (given, seeds) => {
      const array = Float64Array.from(given);
      const ranks = seeds.map((seed) => 1 + (seed % array.length));
      const sorted = Float64Array.from(given).sort();
      expect(orderStatistics(array, ranks)).toEqual(ranks.map((rank) => sorted[rank - 1]));
      expect(array.sort()).toEqual(sorted);
    }),
  );
});

const SIZE = 3000;

test.each<[string, (index: number) => number]>([
  ["rising", (index) => index],
  ["falling", (index) => -index],
  ["level", () => 7],
  ["to and fro", (index) => (index % 2 === 0 ? index : -index)],
  ["an organ pipe", (index) => Math.min(index, SIZE - index)],
])("hold for values that part badly: %s", (_name, shape) => {
  const array = Float64Array.from({ length: SIZE }, (_, index) => shape(index));
  const sorted = Float64Array.from(array).sort();
  const ranks = [1, 2, SIZE / 2, SIZE - 1, SIZE];
  expect(orderStatistics(array, ranks)).toEqual(ranks.map((rank) => sorted[rank - 1]));
});

test("of a rank that isn't there there is no number", () => {
  expect(orderStatistics(new Float64Array(), [1])).toEqual([Number.NaN]);
  expect(orderStatistics(Float64Array.of(3), [2])).toEqual([Number.NaN]);
});
