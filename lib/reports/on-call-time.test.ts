import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { onCallTimes } from "#lib/reports/on-call-time";

const WINDOW = { start: 100, end: 200 };

describe("onCallTimes", () => {
  test("counts what overlaps once, cuts at the window, and takes no bounds for always", () => {
    const times = onCallTimes(
      [
        { userId: "ANN", level: 1, start: 50, end: 120 },
        { userId: "ANN", level: 1, start: 110, end: 130 },
        { userId: "ANN", level: 2, start: 120, end: 140 },
        { userId: "BEN", level: 3, start: null, end: null },
        { userId: "CEM", level: 1, start: 200, end: 300 },
      ],
      WINDOW,
    );
    expect(times.get("ANN")).toEqual({ all: 40, first: 30, later: 20 });
    expect(times.get("BEN")).toEqual({ all: 100, first: 0, later: 100 });
    expect(times.get("CEM")).toEqual({ all: 0, first: 0, later: 0 });
  });

  test("equals a count of single milliseconds", () => {
    const span = fc.record({
      userId: fc.constantFrom("ANN", "BEN"),
      level: fc.integer({ min: 1, max: 3 }),
      start: fc.option(fc.integer({ min: 80, max: 220 })),
      end: fc.option(fc.integer({ min: 80, max: 220 })),
    });
    fc.assert(
      fc.property(fc.array(span, { maxLength: 8 }), (spans) => {
        for (const [userId, time] of onCallTimes(spans, WINDOW)) {
          const at = (moment: number, level: (of: number) => boolean) =>
            spans.some(
              (one) =>
                one.userId === userId &&
                level(one.level) &&
                (one.start ?? 0) <= moment &&
                moment < (one.end ?? 1000),
            );
          const count = (level: (of: number) => boolean) =>
            Array.from({ length: 100 }, (_, index) => at(100 + index, level)).filter(Boolean).length;
          expect(time).toEqual({
            all: count(() => true),
            first: count((level) => level === 1),
            later: count((level) => level > 1),
          });
        }
      }),
    );
  });
});
