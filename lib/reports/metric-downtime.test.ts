/* oxlint-disable vitest/no-standalone-expect -- a property is a test, which the rule does not see */
import { fc, it as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { coveredMs } from "#lib/reports/metric-downtime";

test("overlaps count once, each bucket has its own part", () => {
  const spans = [
    { start: 90, end: 130 },
    { start: 10, end: 20 },
    { start: 15, end: 40 },
    { start: 50, end: 50 },
    { start: 300, end: 400 },
  ];
  const buckets = [
    { start: 0, end: 100 },
    { start: 100, end: 110 },
    { start: 110, end: 200 },
  ];
  expect(coveredMs(spans, buckets)).toEqual([40, 10, 20]);
});

property.prop([
  fc.array(fc.record({ start: fc.integer({ min: -50, max: 150 }), length: fc.integer({ min: 0, max: 60 }) })),
  fc.uniqueArray(fc.integer({ min: 0, max: 120 }), { minLength: 2, maxLength: 8 }),
])("equals counting each millisecond", (given, cuts) => {
  const spans = given.map(({ start, length }) => ({ start, end: start + length }));
  const edges = cuts.toSorted((a, b) => a - b);
  const buckets = edges.slice(1).map((end, place) => ({ start: edges[place] ?? 0, end }));
  const slow = buckets.map(({ start, end }) => {
    let count = 0;
    for (let at = start; at < end; at += 1)
      if (spans.some((span) => span.start <= at && at < span.end)) count += 1;
    return count;
  });
  expect(coveredMs(spans, buckets)).toEqual(slow);
});
