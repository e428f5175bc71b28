import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dedupKeyFrom } from "#lib/events/dedup-key";
import { labelHash, textHash } from "#lib/events/label-hash";
import { hostileText } from "#lib/testing/hostile-json";

describe("labelHash", () => {
  it("computes the fingerprints that Prometheus does", () => {
    expect(labelHash(new Map())).toBe("cbf29ce484222325");
    const labels = new Map([
      ["name", "garland, briggs"],
      ["fear", "love is not enough"],
    ]);
    expect(labelHash(labels)).toBe(5799056148416392346n.toString(16));
  });

  it("does not depend on the order of labels", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.string(), fc.string()), { selector: ([name]) => name }),
        (pairs) => {
          expect(labelHash(new Map(pairs.toReversed()))).toBe(labelHash(new Map(pairs)));
        },
      ),
    );
  });

  it("keeps name and value apart", () => {
    expect(labelHash(new Map([["ab", "c"]]))).not.toBe(labelHash(new Map([["a", "bc"]])));
  });
});

describe("textHash", () => {
  it.each([
    ["", "cbf29ce484222325"],
    ["a", "af63dc4c8601ec8c"],
    ["foobar", "85944171f73967e8"],
  ])("is 64-bit FNV-1a of %j", (text, hash) => {
    expect(textHash(text)).toBe(hash);
  });

  it("agrees with arithmetic on big integers", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        let expected = 0xcbf29ce484222325n;
        for (const byte of new TextEncoder().encode(text)) {
          expected = BigInt.asUintN(64, (expected ^ BigInt(byte)) * 0x100000001b3n);
        }
        expect(textHash(text)).toBe(expected.toString(16).padStart(16, "0"));
      }),
    );
  });
});

describe("dedupKeyFrom", () => {
  it("keeps what fits, and shortens the rest so that it stays unique and stable", () => {
    expect(dedupKeyFrom("a".repeat(255))).toBe("a".repeat(255));
    const long = dedupKeyFrom(`${"a".repeat(300)}1`);
    expect(long).toHaveLength(255);
    expect(long).not.toBe(dedupKeyFrom(`${"a".repeat(300)}2`));
    expect(long).toBe(dedupKeyFrom(`${"a".repeat(300)}1`));
    expect(dedupKeyFrom("a\0b")).toBe("a\uFFFDb");
  });
});
