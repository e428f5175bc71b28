import { expect, test } from "vitest";
import { phaseSpans } from "#lib/incidents/phases";

const start = "2026-11-22T03:11:00.000Z";
const later = (minutes: number) => new Date(Date.parse(start) + minutes * 60_000).toISOString();
const none = {
  startedAt: start,
  detectedAt: later(1),
  firstAckAt: null,
  mitigatedAt: null,
  resolvedAt: null,
};

test("an unacknowledged incident is on its way to the acknowledgement", () => {
  expect(phaseSpans(none, Date.parse(later(4)))).toEqual([
    { label: "To detect", startedAt: start, milliseconds: 60_000, running: false },
    { label: "To acknowledge", startedAt: later(1), milliseconds: 180_000, running: true },
    { label: "To mitigate", startedAt: later(1), milliseconds: null, running: false },
    { label: "To resolve", startedAt: later(1), milliseconds: null, running: false },
  ]);
});

test("a resolved one counts no phase that was skipped", () => {
  const spans = phaseSpans({ ...none, resolvedAt: later(10) }, Date.parse(later(99)));
  expect(spans.map(({ label, milliseconds }) => [label, milliseconds])).toEqual([
    ["To detect", 60_000],
    ["To resolve", 540_000],
  ]);
});

test("a time that was corrected beyond its successor never gives a negative length", () => {
  const spans = phaseSpans({ ...none, firstAckAt: start, resolvedAt: later(2) }, 0);
  expect(spans.every(({ milliseconds }) => milliseconds !== null && milliseconds >= 0)).toBe(true);
});
