import { expect, it } from "vitest";
import { isOlderThanLastFire } from "#lib/events/out-of-order";

const TEN = "2026-03-08T10:00:00.000Z";
const FIVE_PAST = "2026-03-08T10:05:00.000Z";
const YEAR_2099 = "2099-01-01T00:00:00.000Z";

it.each([
  ["older than the last trigger", TEN, FIVE_PAST, FIVE_PAST, true],
  ["at the same instant", TEN, TEN, FIVE_PAST, false],
  ["newer", FIVE_PAST, TEN, TEN, false],
  ["without a stated time", null, TEN, TEN, false],
  ["after a trigger without a stated time", TEN, null, FIVE_PAST, false],
  ["after a trigger from the future, which counts as of its receipt", FIVE_PAST, YEAR_2099, TEN, false],
  ["older than the receipt of a trigger from the future", TEN, YEAR_2099, FIVE_PAST, true],
])("a resolve %s", (_name, resolve, statedAt, receivedAt, isOlder) => {
  const lastFire = {
    statedAt: statedAt === null ? null : new Date(statedAt),
    receivedAt: new Date(receivedAt),
  };
  expect(isOlderThanLastFire(resolve, lastFire)).toBe(isOlder);
});
