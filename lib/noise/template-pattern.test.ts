import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_PATTERN_LENGTH, search } from "#lib/cel/re2";
import { maskedTokens } from "#lib/noise/mask";
import { templatePattern } from "#lib/noise/template-pattern";
import { mine, NO_TEMPLATES } from "#lib/noise/templates";

const finds = (tokens: readonly string[], text: string) => search(templatePattern(tokens), text) !== null;

describe("templatePattern", () => {
  test("finds what differs only in numbers, times and names of a kind, and nothing else", () => {
    const tokens = maskedTokens("Disk 95 % full on db-01 (10.0.0.7), since 2026-11-30 10:00");
    expect(finds(tokens, "disk 97.5% full on db-12 (10.0.3.41) since 2026-12-01T03:12:09Z")).toBe(true);
    expect(finds(tokens, "Disk 95 % full on web-01 (10.0.0.7), since 2026-11-30 10:00")).toBe(false);
    expect(finds(tokens, "Disk 95 % full on db-01 (10.0.0.7), since 2026-11-30 10:00, and rising")).toBe(
      false,
    );
    expect(finds(maskedTokens("HTTP 503 from checkout"), "HTTP 502 from checkout")).toBe(false);
  });

  test("finds any text that a kind was mined from", () => {
    const word = fc.constantFrom(
      "disk",
      "a/b",
      "[x]",
      "$1",
      "web-01",
      "95 %",
      "7",
      "10.1.2.3",
      "HTTP 503",
      "0xff",
      "…",
      "*",
      "C:\\",
    );
    const text = fc.oneof(
      fc.string({ maxLength: 80 }),
      fc.array(word, { maxLength: 30 }).map((words) => words.join(" ")),
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (texts) => {
        let state = NO_TEMPLATES;
        const kinds = texts.map((one) => {
          const mined = mine(state, maskedTokens(one), () => `t${state.seen}`);
          state = mined.state;
          return mined.template.id;
        });
        const missed = texts.filter((one, index) => {
          const kind = state.templates.find(({ id }) => id === kinds[index]);
          return !finds(kind?.tokens ?? [], one);
        });
        expect(missed).toEqual([]);
      }),
    );
  });

  test("stays within the length of patterns and what was cut off", () => {
    const long = "word/with.dots* ".repeat(200);
    const tokens = maskedTokens(long);
    expect(templatePattern(tokens).length).toBeLessThan(MAX_PATTERN_LENGTH);
    expect(finds(tokens, long)).toBe(true);
  });
});
