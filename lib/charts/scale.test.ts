import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { durationAxis, linearScale, logScale, roundTicks } from "#lib/charts/scale";

const minute = 60_000;

describe("scales", () => {
  it("maps the ends and the middle", () => {
    expect(linearScale(10, 20)(15)).toBe(0.5);
    expect(logScale(1, 100)(10)).toBeCloseTo(0.5);
  });
  it("holds values outside at the ends", () => {
    expect(linearScale(0, 10)(-5)).toBe(0);
    expect(logScale(1, 100)(0)).toBe(0);
    expect(logScale(1, 100)(1000)).toBe(1);
  });
  it("puts everything in the middle of an empty domain", () => {
    expect(linearScale(3, 3)(3)).toBe(0.5);
  });
});

describe("roundTicks", () => {
  it("ends at or above the maximum", () => {
    expect(roundTicks(7)).toEqual([0, 2, 4, 6, 8]);
    expect(roundTicks(4)).toEqual([0, 1, 2, 3, 4]);
    expect(roundTicks(0.3)).toEqual([0, 0.1, 0.2, 0.3]);
  });
  it("stays few, rising and covering", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e9, noNaN: true }), (max) => {
        const ticks = roundTicks(max);
        expect(ticks.length).toBeLessThanOrEqual(6);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(max * (1 - 1e-9));
        expect(ticks.toSorted((a, b) => a - b)).toEqual(ticks);
      }),
    );
  });
});

describe("durationAxis", () => {
  it("spans the human marks around the values", () => {
    expect(durationAxis([3 * minute, 50 * minute]).ticks.map((tick) => tick.label)).toEqual([
      "1 m",
      "5 m",
      "15 m",
      "1 h",
    ]);
  });
  it("offers an axis without values", () => {
    expect(durationAxis([]).ticks.length).toBeGreaterThan(1);
  });
  it("keeps the order of values and of ticks", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10 ** 10 }), { minLength: 1 }), (values) => {
        const { scale, ticks } = durationAxis(values);
        const placed = values.toSorted((a, b) => a - b).map(scale);
        const marks = ticks.map((tick) => tick.at);
        expect(placed.toSorted((a, b) => a - b)).toEqual(placed);
        expect(marks.toSorted((a, b) => a - b)).toEqual(marks);
      }),
    );
  });
});
