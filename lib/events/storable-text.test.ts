import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isStorableText, quoted, singleLine, storableText, truncate } from "#lib/events/storable-text";
import { hostileText } from "#lib/testing/hostile-json";

describe("storableText", () => {
  it.each([
    ["a\0b", "a\uFFFDb"],
    ["\uD83D", "\uFFFD"],
    ["x\uDE00y", "x\uFFFDy"],
    ["😀", "😀"],
    ["plain", "plain"],
  ])("keeps what Postgres can hold of %j", (text, expected) => {
    expect(storableText(text)).toBe(expected);
  });

  it("always gives storable text, and the same again", () => {
    fc.assert(
      fc.property(hostileText, fc.constantFrom("\0", "\uD800", "\uDFFF", ""), (text, bad) => {
        const stored = storableText(text + bad + text);
        expect(isStorableText(stored)).toBe(true);
        expect(storableText(stored)).toBe(stored);
      }),
    );
  });
});

describe("singleLine", () => {
  it("leaves out what turns the direction of text, and keeps scripts that run from the right", () => {
    expect(singleLine("Disk \u202Ekcul\u202D\u2066 \u2069full")).toBe("Disk kcul full");
    expect(singleLine("القرص ممتلئ 👩‍🚒")).toBe("القرص ممتلئ 👩‍🚒");
  });

  it("turns line breaks, tabs and control characters into one space and trims", () => {
    expect(singleLine("\tDisk full\r\n\r\non db1\u0007\u2028now \n")).toBe("Disk full on db1 now");
  });
});

describe("quoted", () => {
  it("gives a short line that can be stored", () => {
    expect(quoted("a\0\nb")).toBe("'a\uFFFD b'");
    expect(quoted("😀".repeat(200))).toBe(`'${"😀".repeat(100)}'`);
  });
});

describe("truncate", () => {
  it("counts characters as Postgres does, and never halves one", () => {
    expect(truncate("😀😀😀", 2)).toBe("😀😀");
    expect(truncate("a😀b", 2)).toBe("a😀");
    expect(truncate("abc", 3)).toBe("abc");
  });

  it("keeps a beginning of at most max characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(20), (text, max) => {
        const cut = truncate(text, max);
        expect(cut).toBe(Array.from(text).slice(0, max).join(""));
      }),
    );
  });
});
