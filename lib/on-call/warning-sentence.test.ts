import { expect, test } from "vitest";
import { warningSentence } from "#lib/on-call/warning-sentence";

const read = {
  person: (id: string) => ({ A: "Ann", B: "Ben" })[id] ?? id,
  layer: (id: string) => ({ "1": "Nights" })[id] ?? id,
  time: (at: Date | string) => new Date(at).toISOString().slice(0, 16),
};
const [start, end] = ["2026-10-25T00:00:00Z", "2026-10-26T00:00:00Z"];

test.each([
  [{ kind: "no-people", layerId: "1" }, "Layer Nights has nobody in its rotation."],
  [
    { kind: "single-person", layerId: "1", userId: "A" },
    "Layer Nights has one person, Ann, who is never relieved.",
  ],
  [{ kind: "layer-ends", layerId: "1", at: start }, "Layer Nights ends 2026-10-25T00:00."],
  [
    { kind: "hand-off-splits-window", layerId: "1", handOff: "00:00", suggestions: ["06:00", "22:00"] },
    "Layer Nights hands off at 00:00, in the middle of its hours. Hand off at 06:00 or 22:00 to keep each of them with one person.",
  ],
  [
    { kind: "empty-shift", start, end, userIds: ["A", "B"], source: { kind: "layer", layerId: "1" } },
    "Ann, Ben can't be on call from 2026-10-25T00:00 to 2026-10-26T00:00: deactivated.",
  ],
  [
    {
      kind: "empty-shift",
      start,
      end,
      userIds: ["unknown:Jane Doe"],
      source: { kind: "layer", layerId: "1" },
    },
    "The calendar names “Jane Doe”, as whom nobody here is known, first from 2026-10-25T00:00 to 2026-10-26T00:00.",
  ],
  [
    { kind: "night-hand-off", userId: "B", at: start, localTime: "03:00", timeZone: "Asia/Tokyo", count: 4 },
    "Ben takes over at 03:00 at night (Asia/Tokyo), 4 times, first on 2026-10-25T00:00.",
  ],
  [
    { kind: "clock-change", userId: "A", start, end, hours: 25, usualHours: 24 },
    "Ann’s shift from 2026-10-25T00:00 lasts 25 h instead of 24 h: the clocks go back.",
  ],
] as const)("%o is said", (warning, sentence) => {
  const copy = structuredClone(warning) as Parameters<typeof warningSentence>[0];
  expect(warningSentence(copy, read)).toBe(sentence);
});
