import { expect, test } from "vitest";
import { parseScheduleAddress, scheduleAddress } from "#lib/on-call/schedule-address";

test("an address is read back as it was written", () => {
  const shown = { view: "week", from: "2026-11-23", zone: "mine", show: "list" } as const;
  const address = scheduleAddress("primary", shown);
  expect(address).toBe("/schedules/primary?view=week&from=2026-11-23&zone=mine&show=list");
  expect(parseScheduleAddress(Object.fromEntries(new URL(address, "http://x").searchParams))).toEqual(shown);
});

test("defaults are left out, and what is unknown is the default", () => {
  const defaults = { view: "2w", from: null, zone: "schedule", show: "lanes" } as const;
  expect(parseScheduleAddress({ view: "year", from: ["a", "b"], zone: "Mars" })).toEqual(defaults);
  expect(scheduleAddress("primary", defaults)).toBe("/schedules/primary");
  expect(scheduleAddress("primary", defaults, { show: "list" })).toBe("/schedules/primary?show=list");
});
