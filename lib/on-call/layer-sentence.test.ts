import { expect, test } from "vitest";
import { restrictionSentence, rotationSentence } from "#lib/on-call/layer-sentence";

const HOURS = 3600;

test.each([
  ["week", 1, "Changes every week, Mondays at 09:00"],
  ["week", 2, "Changes every 2 weeks, Mondays at 09:00"],
  ["day", 1, "Changes every day at 09:00"],
  ["month", 1, "Changes every month, on day 2 at 09:00"],
  ["hour", 8, "Changes every 8 hours, counted from 09:00"],
] as const)("%s × %i", (unit, length, sentence) => {
  expect(rotationSentence({ virtualStart: "2026-03-02T09:00", unit, length, advance: "clock" })).toBe(
    sentence,
  );
});

const weekly = (startDay: number, startTime: string, hours: number) =>
  ({ type: "weekly", startDay, startTime, durationSeconds: hours * HOURS }) as const;

test("restrictions are said in few words", () => {
  expect(restrictionSentence([])).toBeNull();
  expect(restrictionSentence([{ type: "daily", startTime: "22:00", durationSeconds: 8 * HOURS }])).toBe(
    "daily 22:00–06:00",
  );
  expect(restrictionSentence([1, 2, 3, 4, 5].map((day) => weekly(day, "09:00", 8)))).toBe(
    "Mon–Fri 09:00–17:00",
  );
  expect(restrictionSentence([weekly(6, "00:00", 24), weekly(7, "00:00", 24)])).toBe("Sat, Sun all day");
  expect(restrictionSentence([weekly(5, "18:00", 63)])).toBe("Fri 18:00 – Mon 09:00");
  expect(restrictionSentence([weekly(1, "18:00", 6)])).toBe("Mon 18:00–24:00");
});
