import { expect, test } from "vitest";
import fc from "fast-check";
import { laneOf } from "#lib/events/lane";

test("a key has one lane, from 0 to 15", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (integrationId, dedupKey) => {
      const lane = laneOf(integrationId, dedupKey);
      expect(lane).toBe(laneOf(integrationId, dedupKey));
      expect(Number.isInteger(lane) && lane >= 0 && lane < 16).toBe(true);
    }),
  );
});

test("lanes stay what they are, since events that wait were given theirs by an earlier release", () => {
  expect(["cpu", "disk", "", "Ünïcode"].map((key) => laneOf("Q0ABC12345XYZW", key))).toEqual([13, 6, 10, 13]);
});

test("keys that differ only in their number spread evenly", () => {
  const counts = Array.from({ length: 16 }, () => 0);
  for (let index = 0; index < 16_000; index += 1) {
    const lane = laneOf("Q0ABC12345XYZW", `host-${index}/cpu`);
    counts[lane] = (counts[lane] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(850);
  expect(Math.max(...counts)).toBeLessThan(1150);
});
