import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rhythmOf, rhythmSentence } from "#lib/events/rhythm";

const START = Date.parse("2026-01-01T00:00:00Z");
const hour = (index: number) => new Date(START + index * 3_600_000);
const every = (step: number, count: number) =>
  Array.from({ length: count }, (_, index) => hour(index * step));

describe("the rhythm of an integration", () => {
  it("says nothing of one that was never heard, or too seldom", () => {
    expect(rhythmOf([], null, hour(0))).toEqual({ kind: "unheard" });
    expect(rhythmOf(every(1, 19), hour(18), hour(100)).kind).toBe("unknown");
  });

  it("calls a silence quiet once it is longer than all gaps before, by more than the hour that is not known", () => {
    const hourly = every(1, 30);
    expect(rhythmOf(hourly, hour(29), hour(31)).kind).toBe("usual");
    const quiet = rhythmOf(hourly, hour(29), hour(55));
    expect(rhythmSentence(quiet)).toBe(
      "Silent for 26 h, usually heard hourly; the longest of 29 gaps was 1 h.",
    );
  });

  it("expects nothing of weekends from what is silent on weekends", () => {
    const week = [0, 1, 2, 3, 4].flatMap((day) => every(1, 9).map((at) => at.getTime() + day * 86_400_000));
    const month = [0, 1, 2].flatMap((index) => week.map((at) => new Date(at + index * 7 * 86_400_000)));
    const last = month.at(-1) ?? hour(0);
    expect(rhythmOf(month, last, new Date(last.getTime() + 60 * 3_600_000)).kind).toBe("usual");
    expect(rhythmOf(month, last, new Date(last.getTime() + 90 * 3_600_000)).kind).toBe("quiet");
  });

  it("names a day a day", () => {
    expect(rhythmSentence(rhythmOf(every(24, 25), hour(576), hour(580)))).toBe(
      "Last heard 4 h ago, usually daily.",
    );
  });

  it("is wrong about a steady source at most once in twenty times", () => {
    // The last gap of exchangeable ones stands for the silence: it is the longest of n + 1 with chance 1 / (n + 1).
    const gaps = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 20, maxLength: 20 });
    let quiet = 0;
    const runs = 2_000;
    fc.assert(
      fc.property(gaps, (lengths) => {
        const heard = [hour(0)];
        for (const length of lengths.slice(0, 19)) {
          heard.push(new Date((heard.at(-1)?.getTime() ?? START) + length * 3_600_000));
        }
        const last = heard.at(-1) ?? hour(0);
        const now = new Date(last.getTime() + (lengths[19] ?? 0) * 3_600_000);
        if (rhythmOf(heard, last, now).kind === "quiet") quiet += 1;
      }),
      { numRuns: runs, seed: 7 },
    );
    expect(quiet / runs).toBeLessThan(0.075);
  });
});
