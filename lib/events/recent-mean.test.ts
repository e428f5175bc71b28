import fc from "fast-check";
import { expect, test } from "vitest";
import { RecentMean } from "#lib/events/recent-mean";

test("of nothing is 0, of what has long been so is that", () => {
  const mean = new RecentMean(100);
  expect(mean.at(50)).toBe(0);
  mean.set(7, 50);
  expect(mean.at(50)).toBe(0);
  expect(mean.at(10_000)).toBeCloseTo(7, 6);
});

test("a short peak counts for as long as it lasted, not for when one looks", () => {
  const mean = new RecentMean(250);
  mean.set(10, 0);
  mean.set(200, 5_000);
  mean.set(10, 5_010);
  expect(mean.at(5_010)).toBeLessThan(18);
  expect(mean.at(5_010)).toBeGreaterThan(17);
});

test("is the same however often the value is set to what it is", () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 300 })));
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 40 }), (list, every) => {
      const [plain, often] = [new RecentMean(250), new RecentMean(250)];
      let now = 0;
      for (const [value, length] of list) {
        plain.set(value, now);
        for (let at = now; at < now + length; at += every) often.set(value, at);
        if (length === 0) often.set(value, now);
        now += length;
      }
      expect(often.at(now)).toBeCloseTo(plain.at(now), 6);
    }),
  );
});
