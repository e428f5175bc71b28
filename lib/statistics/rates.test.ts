import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { benjaminiHochberg } from "#lib/statistics/benjamini-hochberg";
import { poissonAtLeast } from "#lib/statistics/poisson";
import { randomFrom } from "#lib/statistics/random";
import { rateRatio } from "#lib/statistics/rate-ratio";
import { spikeTest } from "#lib/statistics/spike";

describe("rateRatio", () => {
  test("agrees with R's poisson.test on its own example", () => {
    // poisson.test(c(11, 6+8+7), c(800, 1083+1050+878)) in the manual of R: ratio 1.971488, interval 0.8584264 to 4.2772659.
    // Its p-value orders outcomes by their probability instead of doubling a tail, so it is another.
    const { ratio, low, high } = rateRatio({ count: 11, exposure: 800 }, { count: 21, exposure: 3011 });
    expect(ratio).toBeCloseTo(1.971488, 5);
    expect(low).toBeCloseTo(0.8584264, 6);
    expect(high).toBeCloseTo(4.2772659, 6);
  });

  test("is the exact binomial test: seven of eight in one of two equal halves", () => {
    const found = rateRatio({ count: 7, exposure: 14 }, { count: 1, exposure: 14 });
    expect(found.pMore).toBeCloseTo(9 / 256, 12);
    expect(found.p).toBeCloseTo(18 / 256, 12);
    expect(found.expected).toBe(1);
    expect(found.ratio).toBe(7);
  });

  test("without any event nothing is known; without one before, the ratio has no upper end", () => {
    const nothing = rateRatio({ count: 0, exposure: 1 }, { count: 0, exposure: 8 });
    expect(nothing).toMatchObject({ ratio: null, low: 0, high: Number.POSITIVE_INFINITY, p: 1 });
    const first = rateRatio({ count: 3, exposure: 1 }, { count: 0, exposure: 8 });
    expect(first).toMatchObject({ ratio: null, high: Number.POSITIVE_INFINITY, expected: 0 });
    expect(first.pMore).toBeCloseTo((1 / 9) ** 3, 12);
  });

  test("refuses what is no rate", () => {
    const one = { count: 1, exposure: 1 };
    expect(() => rateRatio({ count: 1, exposure: 0 }, one)).toThrow("exposure");
    expect(() => rateRatio(one, { count: 1.5, exposure: 1 })).toThrow("whole");
    expect(() => rateRatio(one, { count: -1, exposure: 1 })).toThrow("whole");
  });

  test("the interval holds the ratio, turns round with its sides, and agrees with the test", () => {
    const rate = fc.record({
      count: fc.integer({ min: 0, max: 200 }),
      exposure: fc.integer({ min: 1, max: 100 }),
    });
    fc.assert(
      fc.property(rate, rate, (one, other) => {
        const [there, back] = [rateRatio(one, other), rateRatio(other, one)];
        expect(there.low).toBeLessThanOrEqual((there.ratio ?? Number.POSITIVE_INFINITY) * (1 + 1e-9));
        expect(there.high).toBeGreaterThanOrEqual((there.ratio ?? 0) * (1 - 1e-9));
        expect(there.pMore).toBeCloseTo(back.pFewer, 9);
        expect(there.low).toBeCloseTo(1 / back.high, 6);
        fc.pre(Math.abs(there.p - 0.05) > 1e-6);
        expect(there.p < 0.05).toBe(there.low > 1 || there.high < 1);
      }),
    );
  });
});

describe("benjaminiHochberg", () => {
  test("calls the first four of the paper's example", () => {
    // The fifteen comparisons of thrombolytic treatments in Benjamini and Hochberg (1995), section 4, at q = 0.05.
    const published = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ];
    const adjusted = benjaminiHochberg(published);
    expect(adjusted.map((value) => value <= 0.05)).toEqual(published.map((_, index) => index < 4));
    expect(adjusted[0]).toBeCloseTo(0.0015, 10);
    expect(adjusted[3]).toBeCloseTo(0.035625, 10);
  });

  test("agrees with the step-up rule of the paper, whatever the order", () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 });
    fc.assert(
      fc.property(values, fc.constantFrom(0.01, 0.05, 0.1, 0.25), (given, q) => {
        const sorted = given.toSorted((a, b) => a - b);
        const last = sorted.findLastIndex((p, index) => p <= ((index + 1) / sorted.length) * q);
        const called = benjaminiHochberg(given).map((value) => value <= q * (1 + 1e-12));
        expect(called).toEqual(given.map((p) => last >= 0 && p <= (sorted[last] ?? 0)));
      }),
    );
    expect(benjaminiHochberg([])).toEqual([]);
  });
});

describe("spikeTest", () => {
  test("is Poisson's tail over a steady baseline", () => {
    const found = spikeTest(20, [4, 4, 4, 4, 4, 4]);
    expect(found).toMatchObject({ isSpike: true, expected: 4 });
    expect(found.p).toBeCloseTo(poissonAtLeast(20, 4), 12);
  });

  test("needs three times the baseline, five events, and a baseline", () => {
    expect(
      spikeTest(
        230,
        Array.from({ length: 8 }, () => 100),
      ).isSpike,
    ).toBe(false);
    expect(
      spikeTest(
        4,
        Array.from({ length: 8 }, () => 0),
      ).isSpike,
    ).toBe(false);
    expect(
      spikeTest(
        5,
        Array.from({ length: 8 }, () => 0),
      ).isSpike,
    ).toBe(true);
    expect(spikeTest(500, [1])).toEqual({ isSpike: false, expected: 1, p: 1 });
    expect(spikeTest(500, [])).toEqual({ isSpike: false, expected: 0, p: 1 });
  });

  test("a baseline that spreads asks for more", () => {
    const [steady, wild] = [
      [9, 10, 11, 10, 9, 11, 10, 10],
      [0, 0, 2, 60, 1, 0, 12, 5],
    ];
    expect(spikeTest(31, steady).isSpike).toBe(true);
    expect(spikeTest(31, wild).isSpike).toBe(false);
  });

  test("false alarms on Poisson bins are as rare as the level says", () => {
    const random = randomFrom(7);
    const poisson = (mean: number) => {
      let [count, product] = [0, random()];
      for (const limit = Math.exp(-mean); product > limit; count += 1) product *= random();
      return count;
    };
    const alarms = Array.from({ length: 4000 }, () =>
      spikeTest(
        poisson(3),
        Array.from({ length: 8 }, () => poisson(3)),
      ),
    ).filter(({ isSpike }) => isSpike).length;
    // The baseline is itself estimated from eight bins, which costs a little over one in a thousand.
    expect(alarms / 4000).toBeLessThan(0.005);
  });
});
