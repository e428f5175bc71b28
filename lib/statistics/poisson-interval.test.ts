import { expect, test } from "vitest";
import { poissonInterval } from "#lib/statistics/poisson-interval";

test("agrees with the published table of exact limits", () => {
  // Garwood (1936), 95 %; as in Ulm (1990), table 1.
  const rounded = (count: number) => {
    const { low, high } = poissonInterval(count);
    return [low.toFixed(3), high.toFixed(3)];
  };
  expect(rounded(0)).toEqual(["0.000", "3.689"]);
  expect(rounded(1)).toEqual(["0.025", "5.572"]);
  expect(rounded(5)).toEqual(["1.623", "11.668"]);
  expect(rounded(10)).toEqual(["4.795", "18.390"]);
});
