import fc from "fast-check";
import { expect, it } from "vitest";
import { placeDots } from "#lib/charts/dots";

it("leaves dots that do not touch on the middle line", () => {
  expect(placeDots([0.1, 0.5, 0.9], 0.05, 3).map((dot) => dot.lane)).toEqual([0, 0, 0]);
});
it("spreads dots at one place around the middle", () => {
  expect(placeDots([0.5, 0.5, 0.5], 0.05, 3).map((dot) => dot.lane)).toEqual([0, 1, -1]);
});
it("places every dot once, at its own value, without overlap while lanes last", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 60 }), (positions) => {
      const placed = placeDots(positions, 0.02, 60);
      expect(placed.map((dot) => dot.index).toSorted((a, b) => a - b)).toEqual(
        positions.map((_, index) => index),
      );
      for (const [index, dot] of placed.entries()) {
        expect(dot.x).toBe(positions[dot.index]);
        const touching = placed
          .slice(index + 1)
          .filter((other) => other.lane === dot.lane && Math.abs(other.x - dot.x) < 0.02);
        expect(touching).toEqual([]);
      }
    }),
  );
});
