import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { betaQuantile } from "#lib/statistics/beta";
import { binomialAtLeast, binomialAtMost } from "#lib/statistics/binomial";
import { incompleteBeta } from "#lib/statistics/incomplete-beta";
import { logGamma } from "#lib/statistics/log-gamma";
import { fitNegativeBinomial, negativeBinomialAtLeast } from "#lib/statistics/negative-binomial";
import { poissonAtLeast, poissonAtMost } from "#lib/statistics/poisson";

/** n over k, exact. */
function choose(n: number, k: number): bigint {
  let value = 1n;
  for (let index = 1; index <= k; index += 1) value = (value * BigInt(n - index + 1)) / BigInt(index);
  return value;
}

/** P(Binomial(n, 1 / denominator) ≥ k) from whole numbers alone. */
function exactTail(k: number, n: number, denominator: number): number {
  let sum = 0n;
  for (let hits = k; hits <= n; hits += 1)
    sum += choose(n, hits) * BigInt(denominator - 1) ** BigInt(n - hits);
  const scale = 10n ** 40n;
  return Number((sum * scale) / BigInt(denominator) ** BigInt(n)) / 1e40;
}

/** How far a value is from the wanted one, as a share of it. */
const error = (value: number, wanted: number) => Math.abs(value / wanted - 1);

describe("logGamma", () => {
  test("of whole numbers is the logarithm of a factorial, of a half that of the root of pi", () => {
    let factorial = 1;
    for (let n = 1; n <= 20; n += 1) {
      factorial *= n;
      expect(logGamma(n + 1)).toBeCloseTo(Math.log(factorial), 10);
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
    expect(logGamma(0.25)).toBeCloseTo(Math.log(3.625609908221908), 12);
  });
});

describe("incompleteBeta", () => {
  test("agrees with closed forms: I_x(1, b) and I_x(a, 1), and one half at the middle", () => {
    for (const x of [0.001, 0.2, 0.5, 0.9, 0.999]) {
      expect(error(incompleteBeta(x, 1, 7), 1 - (1 - x) ** 7)).toBeLessThan(1e-9);
      expect(error(incompleteBeta(x, 4.5, 1), x ** 4.5)).toBeLessThan(1e-9);
    }
    for (const a of [0.3, 2, 50, 4000]) expect(error(incompleteBeta(0.5, a, a), 0.5)).toBeLessThan(1e-9);
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
  });

  test("betaQuantile is its inverse", () => {
    const positive = fc.double({ min: 0.5, max: 500, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), positive, positive, (p, a, b) => {
        expect(incompleteBeta(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 6);
      }),
    );
    expect([betaQuantile(0, 2, 2), betaQuantile(1, 2, 2)]).toEqual([0, 1]);
    // Eighteen of eighteen: the lower bound is 0.05 to the power of 1 / 19.
    expect(error(betaQuantile(0.05, 19, 1), 0.05 ** (1 / 19))).toBeLessThan(1e-9);
  });
});

describe("binomial tails", () => {
  test("agree with sums of whole numbers", () => {
    for (const [k, n, denominator] of [
      [1, 1, 2],
      [7, 10, 2],
      [3, 60, 6],
      [40, 300, 10],
      [190, 300, 2],
    ] as const) {
      expect(error(binomialAtLeast(k, n, 1 / denominator), exactTail(k, n, denominator))).toBeLessThan(1e-8);
    }
  });

  test("complement each other", () => {
    const shape = fc
      .integer({ min: 0, max: 2000 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(shape, fc.double({ min: 0.01, max: 0.99, noNaN: true }), ([k, n], p) => {
        expect(binomialAtLeast(k, n, p) + binomialAtMost(k - 1, n, p)).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe("Poisson tails", () => {
  test("agree with the closed forms of small counts and with each other", () => {
    // Nothing in 21 days where 3.1 were to be expected.
    expect(error(poissonAtMost(0, 3.1), Math.exp(-3.1))).toBeLessThan(1e-9);
    expect(error(poissonAtMost(2, 3), Math.exp(-3) * (1 + 3 + 4.5))).toBeLessThan(1e-9);
    expect(error(poissonAtLeast(1, 0.001), -Math.expm1(-0.001))).toBeLessThan(1e-9);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.double({ min: 0.01, max: 300, noNaN: true }),
        (k, mean) => {
          expect(poissonAtLeast(k, mean) + poissonAtMost(k - 1, mean)).toBeCloseTo(1, 9);
        },
      ),
    );
  });

  test("keep the digits of rare events", () => {
    // P(X ≥ 30 | 3): the first terms of the series, which falls by a factor of ten each.
    let [term, sum] = [Math.exp(-3), 0];
    for (let k = 1; k < 80; k += 1) {
      term *= 3 / k;
      if (k >= 30) sum += term;
    }
    expect(error(poissonAtLeast(30, 3), sum)).toBeLessThan(1e-8);
  });
});

describe("negative binomial", () => {
  test("of size one is geometric, of infinite size Poisson", () => {
    for (const k of [1, 3, 20])
      expect(error(negativeBinomialAtLeast(k, { mean: 4, size: 1 }), (4 / 5) ** k)).toBeLessThan(1e-9);
    expect(negativeBinomialAtLeast(9, { mean: 4, size: Number.POSITIVE_INFINITY })).toBe(
      poissonAtLeast(9, 4),
    );
    expect(error(negativeBinomialAtLeast(9, { mean: 4, size: 1e7 }), poissonAtLeast(9, 4))).toBeLessThan(
      1e-4,
    );
  });

  test("tails agree with the sum of its terms", () => {
    const [mean, size] = [6.5, 2.5];
    const p = mean / (mean + size);
    let term = (1 - p) ** size;
    let below = 0;
    for (let k = 0; k < 25; k += 1) {
      expect(error(negativeBinomialAtLeast(k, { mean, size }), 1 - below)).toBeLessThan(1e-8);
      below += term;
      term *= ((k + size) / (k + 1)) * p;
    }
  });

  test("is fitted by moments, and is Poisson where counts spread no more", () => {
    // Mean 4, variance 8: size 16 / 4.
    expect(fitNegativeBinomial([2, 2, 2, 4, 10, 4, 4, 4])).toMatchObject({ mean: 4 });
    expect(fitNegativeBinomial([0, 4, 8])).toEqual({ mean: 4, size: 16 / 12 });
    expect(fitNegativeBinomial([4, 4, 4])).toEqual({ mean: 4, size: Number.POSITIVE_INFINITY });
    expect(fitNegativeBinomial([4])).toBeNull();
  });
});
