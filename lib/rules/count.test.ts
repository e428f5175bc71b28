import fc from "fast-check";
import { expect, test } from "vitest";
import { countFor } from "#lib/rules/count";
import type { Counted } from "#lib/rules/count";

const threshold = { moreThan: 3, withinSeconds: 60 };

test("tells like counting all of them, and keeps no more than it needs", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300_000 }), { maxLength: 40 }), (instants) => {
      const inOrder = instants.toSorted((a, b) => a - b);
      let counted: Counted = [];
      for (const [index, at] of inOrder.entries()) {
        const step = countFor(counted, threshold, at);
        counted = step.counted;
        const within = inOrder.slice(0, index + 1).filter((instant) => instant > at - 60_000).length;
        expect(step.exceeds).toBe(within > threshold.moreThan);
        expect(counted.length).toBeLessThanOrEqual(threshold.moreThan + 1);
      }
    }),
  );
});

test("lets all but the first three of a burst exceed it, whatever order they come in", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 8 }), (order) => {
      let counted: Counted = [];
      const exceeding = order.filter((at) => {
        const step = countFor(counted, threshold, at);
        counted = step.counted;
        return step.exceeds;
      });
      expect(exceeding).toHaveLength(5);
    }),
  );
});
