import { describe, expect, test } from "vitest";
import { durationText, instantText, rangeText } from "#lib/reports/document-words";

describe("the time that a report is about", () => {
  const words = (from: string, to: string, timeZone: string) => rangeText({ from, to, timeZone });

  test("is its days, the last one included, in the zone, whatever the clocks do", () => {
    expect(words("2026-08-31T22:00:00.000Z", "2026-11-30T23:00:00.000Z", "Europe/Berlin")).toBe(
      "1 Sept 2026 to 30 Nov 2026 (Europe/Berlin)",
    );
    expect(words("2026-11-29T23:00:00.000Z", "2026-11-30T23:00:00.000Z", "Europe/Berlin")).toBe(
      "30 Nov 2026 (Europe/Berlin)",
    );
    // In Beirut the clocks skip the midnight that begins 29 March 2026.
    expect(words("2026-03-28T22:00:00.000Z", "2026-03-31T21:00:00.000Z", "Asia/Beirut")).toBe(
      "29 Mar 2026 to 31 Mar 2026 (Asia/Beirut)",
    );
  });

  test("has its times of day where it does not begin and end with days", () => {
    expect(words("2026-11-02T17:00:00.000Z", "2026-11-03T00:00:00.000Z", "UTC")).toBe(
      "2 Nov 2026 17:00 to 3 Nov 2026 00:00 (UTC)",
    );
  });
});

test("an instant is told by the clocks of a zone, and a duration is never broken over two lines", () => {
  expect(instantText(Date.parse("2026-11-30T23:30:00Z"), "Asia/Kolkata")).toBe(
    "1 Dec 2026 05:00 (Asia/Kolkata)",
  );
  expect(durationText(581_000)).toBe("9\u00a0m\u00a041\u00a0s");
  expect(durationText(null)).toBe("–");
});
