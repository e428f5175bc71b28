import { expect, test } from "vitest";
import { comingSpans } from "#lib/calendars/coming-spans";
import { directoryOf } from "#lib/calendars/event-people";

const NOW = new Date("2026-11-30T00:00:00Z");
const directory = directoryOf([{ id: "ANN", name: "Ann Lee", email: "ann@example.com" }]);

function read(...lines: string[]) {
  const text = ["BEGIN:VCALENDAR", ...lines, "END:VCALENDAR"].join("\r\n");
  const spans = comingSpans(text, { now: NOW, timeZone: "UTC", directory });
  if (spans.kind !== "spans") throw new Error(spans.because);
  return spans;
}

test("events that all overlap count as far as they can be asked about at any instant", () => {
  const many = Array.from({ length: 500 }, (_, index) => [
    "BEGIN:VEVENT",
    `UID:${index}`,
    `DTSTART:202612${String(10 + (index % 15))}T090000Z`,
    "DURATION:P300D",
    "SUMMARY:Ann Lee",
    "END:VEVENT",
  ]).flat();
  const { spans, warnings } = read(...many);
  expect(spans).toHaveLength(40);
  expect(warnings).toEqual(["At most 20000 times count, and 40 people at once; the calendar has more."]);
});

test("a small event that puts many people on call for every hour counts as far as anybody could want", () => {
  const names = Array.from({ length: 300 }, (_, index) => `p${index}`).join(",");
  const { spans, warnings } = read(
    "BEGIN:VEVENT",
    "UID:1",
    "DTSTART:20261130T090000Z",
    "DURATION:PT1H",
    "RRULE:FREQ=HOURLY",
    `SUMMARY:Ann Lee,${names}`,
    "END:VEVENT",
  );
  expect(spans).toHaveLength(20_000);
  expect(spans[0]).toMatchObject({ userId: "ANN" });
  expect(warnings[0]).toBe("At most 20000 times count, and 40 people at once; the calendar has more.");
  expect(warnings.length).toBeLessThan(30);
});
