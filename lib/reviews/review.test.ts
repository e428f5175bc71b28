import { expect, test } from "vitest";
import { actionDays, reviewDays, reviewRefusal, weekdaysAfter } from "#lib/reviews/review";

test.each([
  ["2026-06-01T12:00:00Z", 5, "2026-06-08"],
  ["2026-06-05T23:59:00Z", 1, "2026-06-08"],
  ["2026-06-06T00:00:00Z", 1, "2026-06-08"],
  ["2026-06-03T00:00:00Z", 0, "2026-06-03"],
])("%s and %i weekdays is %s", (at, count, day) => expect(weekdaysAfter(new Date(at), count)).toBe(day));

test("the worse the incident, the sooner its review and actions", () => {
  expect([1, 2, 3, null].map(reviewDays)).toEqual([5, 5, 10, 10]);
  expect([1, 2, 3, null].map(actionDays)).toEqual([15, 30, 60, 60]);
});

test("a published review says what happened and what contributed", () => {
  const written = { summary: "Deposits failed", contributingFactors: "A full disk" };
  expect(reviewRefusal("published", written)).toBeNull();
  expect(reviewRefusal("published", { ...written, summary: null })).toContain("summary");
  expect(reviewRefusal("published", { ...written, contributingFactors: null })).toContain("contributed");
  expect(reviewRefusal("in_review", { summary: null, contributingFactors: null })).toBeNull();
});
