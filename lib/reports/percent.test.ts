import { expect, test } from "vitest";
import { formatPercent } from "#lib/reports/percent";

test("is whole below 99 and never rounds up to 100", () => {
  expect([0, 0.857, 0.9871, 0.9996, 0.99999, 1].map(formatPercent)).toEqual([
    "0 %",
    "86 %",
    "99 %",
    "99.96 %",
    "99.99 %",
    "100 %",
  ]);
});
