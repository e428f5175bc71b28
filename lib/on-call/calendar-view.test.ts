import { describe, expect, test } from "vitest";
import { calendarPage } from "#lib/on-call/calendar-view";

const HOUR = 3_600_000;
const now = Date.parse("2026-11-25T22:30:00Z");

function page(view: "day" | "week" | "2w" | "month", from: string | null, timeZone = "Europe/Berlin") {
  return calendarPage({ view, from, timeZone, now });
}

describe("the page of today", () => {
  test("begins on the Monday of the week, in the schedule's zone", () => {
    const week = page("week", null);
    expect(new Date(week.start).toISOString()).toBe("2026-11-22T23:00:00.000Z");
    expect(new Date(week.end).toISOString()).toBe("2026-11-29T23:00:00.000Z");
    expect(week).toMatchObject({
      from: "2026-11-23",
      previous: "2026-11-16",
      next: "2026-11-30",
      isCurrent: true,
    });
    expect(week.ticks.map(({ label }) => label)).toEqual([
      "Mon 23",
      "Tue 24",
      "Wed 25",
      "Thu 26",
      "Fri 27",
      "Sat 28",
      "Sun 29",
    ]);
  });

  test("is the day that the zone has, not UTC's", () => {
    expect(page("day", null, "Asia/Tokyo").from).toBe("2026-11-26");
    expect(page("day", null).from).toBe("2026-11-25");
  });

  test("is the calendar month", () => {
    expect(page("month", null)).toMatchObject({
      from: "2026-11-01",
      next: "2026-12-01",
      previous: "2026-10-01",
    });
    expect(page("month", null).days).toHaveLength(30);
  });
});

test("days are as long as the clocks make them", () => {
  const autumn = page("week", "2026-10-19");
  expect(autumn.days.map(({ start, end }) => (end - start) / HOUR)).toEqual([24, 24, 24, 24, 24, 24, 25]);
  expect(autumn.isCurrent).toBe(false);
  const spring = page("day", "2026-03-29");
  expect((spring.end - spring.start) / HOUR).toBe(23);
  // 02:00–03:00 doesn't exist that day: the tick after it still says what the clocks show.
  expect(spring.ticks.map(({ at, label }) => [(at - spring.start) / HOUR, label])).toContainEqual([
    2,
    "03:00",
  ]);
});

test.each([
  ["day", "2026-11-25", "Wed 25 Nov 2026"],
  ["week", "2026-11-23", "23–29 Nov 2026"],
  ["2w", "2026-11-23", "23 Nov – 6 Dec 2026"],
  ["week", "2026-12-28", "28 Dec 2026 – 3 Jan 2027"],
] as const)("%s from %s is titled %s", (view, from, title) => {
  expect(page(view, from).title).toBe(title);
});

test("an address that names no date shows today", () => {
  expect(page("week", "2026-02-31").from).toBe("2026-11-23");
});
