import fc from "fast-check";
import { expect, test } from "vitest";
import { FIRST_BATCH, nextBatch, paceAt, restAfter } from "#lib/events/inbox-pace";

const free = paceAt(0);
const full = paceAt(1);

test("a full door gets shorter turns and rests between them, a free one none", () => {
  expect(restAfter(120, free)).toBe(0);
  expect(restAfter(100, full)).toBe(900);
  expect(restAfter(10_000, full)).toBe(1_000);
  const slow = { limit: 250, worked: 250, more: true, tookMs: 1_200 };
  expect(nextBatch(slow, free)).toBe(250);
  expect(nextBatch(slow, full)).toBe(40);
});

test("what costs little is taken in larger batches, twice as large at most", () => {
  let limit = FIRST_BATCH;
  const sizes = Array.from({ length: 5 }, () => {
    limit = nextBatch({ limit, worked: limit, more: true, tookMs: 20 }, free);
    return limit;
  });
  expect(sizes).toEqual([250, 500, 1_000, 1_000, 1_000]);
});

test("after a calm it begins small again", () => {
  expect(nextBatch({ limit: 1_000, worked: 3, more: false, tookMs: 40 }, free)).toBe(FIRST_BATCH);
  expect(nextBatch({ limit: 1_000, worked: 400, more: false, tookMs: 40 }, free)).toBe(800);
});

test("the more waits at the door, the less is taken and the longer the rest", () => {
  const pressure = fc.double({ min: 0, max: 1, noNaN: true });
  const turn = fc.record({
    limit: fc.integer({ min: 40, max: 1_000 }),
    worked: fc.integer({ min: 1, max: 1_000 }),
    more: fc.boolean(),
    tookMs: fc.double({ min: 0, max: 60_000, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.tuple(pressure, pressure), turn, (pressures, turn) => {
      const [less, more] = pressures.toSorted((a, b) => a - b).map(paceAt);
      if (!less || !more) throw new Error("Two paces were made.");
      expect(nextBatch(turn, more)).toBeLessThanOrEqual(nextBatch(turn, less));
      expect(nextBatch(turn, more)).toBeGreaterThanOrEqual(40);
      expect(nextBatch(turn, less)).toBeLessThanOrEqual(1_000);
      expect(restAfter(turn.tookMs, more)).toBeGreaterThanOrEqual(restAfter(turn.tookMs, less));
    }),
  );
});
