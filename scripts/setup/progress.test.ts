import { describe, expect, it } from "vitest";
import { formatDuration } from "#scripts/setup/progress";

describe("formatDuration", () => {
  it.each([
    [0, "0.0 s"],
    [940, "0.9 s"],
    [9_949, "9.9 s"],
    [9_951, "10 s"],
    [59_400, "59 s"],
    [59_600, "1 min 0 s"],
    [185_000, "3 min 5 s"],
  ])("%d ms is %s", (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));
});
