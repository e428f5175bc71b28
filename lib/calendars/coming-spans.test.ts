import { expect, test } from "vitest";
import { comingSpans } from "#lib/calendars/coming-spans";
import { directoryOf } from "#lib/calendars/event-people";

test("a small event that puts many people on call for every hour counts as far as anybody could want", () => {
  const names = Array.from({ length: 300 }, (_, index) => `p${index}`).join(",");
  const text = [
    "BEGIN:VCALENDAR",
    "BEGIN:VEVENT",
    "UID:1",
    "DTSTART:20261130T090000Z",
    "DURATION:PT1H",
    "RRULE:FREQ=HOURLY",
    `SUMMARY:Ann Lee,${names}`,
    "END:VEVENT",
    "END:VCALENDAR",
  ].join("\r\n");
  const directory = directoryOf([{ id: "ANN", name: "Ann Lee", email: "ann@example.com" }]);
  const read = comingSpans(text, { now: new Date("2026-11-30T00:00:00Z"), timeZone: "UTC", directory });
  if (read.kind !== "spans") throw new Error(read.because);
  expect(read.spans).toHaveLength(20_000);
  expect(read.spans[0]).toMatchObject({ userId: "ANN" });
  expect(read.warnings[0]).toBe("The calendar puts people on call too often; the first 20000 times count.");
  expect(read.warnings.length).toBeLessThan(30);
});
