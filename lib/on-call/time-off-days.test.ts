import { expect, test } from "vitest";
import { daysAway } from "#lib/on-call/time-off-days";

test("days away are whole days of the person's zone, the last one included", () => {
  expect(daysAway({ firstDay: "2026-03-07", lastDay: "2026-03-08" }, "America/New_York")).toEqual({
    startsAt: new Date("2026-03-07T05:00:00Z"),
    // The clocks went forward in between.
    endsAt: new Date("2026-03-09T04:00:00Z"),
  });
  for (const days of [
    { firstDay: "2026-03-08", lastDay: "2026-03-07" },
    { firstDay: "2026-02-30", lastDay: "2026-03-07" },
    { firstDay: "", lastDay: "2026-03-07" },
  ]) {
    expect(daysAway(days, "Etc/UTC")).toBeNull();
  }
});
