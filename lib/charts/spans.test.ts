import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeInstant, placeSpan, visibleWidths } from "#lib/charts/spans";

const window = { start: 100, end: 200 };

describe("placeSpan", () => {
  it("places what lies inside", () => {
    expect(placeSpan({ start: 125, end: 150 }, window)).toEqual({
      left: 0.25,
      width: 0.25,
      cutStart: false,
      cutEnd: false,
    });
  });
  it("cuts what reaches beyond and says so", () => {
    expect(placeSpan({ start: 0, end: 300 }, window)).toEqual({
      left: 0,
      width: 1,
      cutStart: true,
      cutEnd: true,
    });
  });
  it("leaves out what only touches", () => {
    expect(placeSpan({ start: 200, end: 300 }, window)).toBeUndefined();
    expect(placeSpan({ start: 0, end: 100 }, window)).toBeUndefined();
  });
});

it("places instants inside the window alone", () => {
  expect(placeInstant(150, window)).toBe(0.5);
  expect(placeInstant(99, window)).toBeUndefined();
});

describe("visibleWidths", () => {
  it("follows the lengths where all are visible", () => {
    expect(visibleWidths([1, 3], 0.05)).toEqual([0.25, 0.75]);
  });
  it("widens what would vanish", () => {
    expect(visibleWidths([2, 10_000], 0.1)).toEqual([0.1, 0.9]);
  });
  it("shares equally when nothing lasted", () => {
    expect(visibleWidths([0, 0], 0.1)).toEqual([0.5, 0.5]);
  });
  it("adds up to one and never falls under the least", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 8 }), (lengths) => {
        const widths = visibleWidths(lengths, 0.05);
        expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(1);
        for (const width of widths) expect(width).toBeGreaterThanOrEqual(0.05 - 1e-9);
      }),
    );
  });
});
