import fc from "fast-check";
import { expect, test } from "vitest";
import { maskedTokens } from "#lib/noise/mask";
import { mine, MOST_TEMPLATES, NO_TEMPLATES, templateText } from "#lib/noise/templates";

function mineAll(texts: readonly string[]) {
  let state = NO_TEMPLATES;
  let made = 0;
  const ids = texts.map((text) => {
    const mined = mine(state, maskedTokens(text), () => `T${String((made += 1)).padStart(4, "0")}`);
    state = mined.state;
    return mined.template.id;
  });
  return { state, ids };
}

test("texts of one kind share a template, whose differing words become wild", () => {
  const { state, ids } = mineAll([
    "Disk 91 % full on web-01 in frankfurt",
    "Disk 12 % full on web-02 in dublin",
    "Certificate of shop expires in 3 d",
  ]);
  expect(ids).toEqual(["T0001", "T0001", "T0002"]);
  expect(state.templates.map(({ tokens, size }) => [templateText(tokens), size])).toEqual([
    ["disk <percent> full on web-<number> in <*>", 2],
    ["certificate of shop expires in <number> d", 1],
  ]);
});

test("other length, other first word or too few common words: another kind", () => {
  const { ids } = mineAll([
    "Payment gateway timeout",
    "Payment gateway timeout again",
    "Refund gateway timeout",
    "Payment queue stuck",
  ]);
  expect(new Set(ids).size).toBe(4);
});

test("a template that went wild does not swallow texts that agree in its wild places only", () => {
  const { ids } = mineAll(["alert a b c d", "alert a b c e", "alert a b f g", "alert p q r s"]);
  expect(ids[3]).not.toBe(ids[0]);
});

const words = fc.constantFrom("disk", "cpu", "full", "on", "web-1", "web-2", "slow", "91 %", "timeout");
const texts = fc.array(
  fc.array(words, { maxLength: 6 }).map((list) => list.join(" ")),
  { maxLength: 60 },
);

test("mining is deterministic, counts every text once, and stays bounded", () => {
  fc.assert(
    fc.property(texts, (list) => {
      const first = mineAll(list);
      expect(mineAll(list)).toEqual(first);
      expect(first.state.templates.reduce((sum, { size }) => sum + size, 0)).toBe(list.length);
      expect(new Set(first.state.templates.map(({ id }) => id)).size).toBe(first.state.templates.length);
    }),
  );
});

test("beyond the bound the template that was not seen for longest goes", () => {
  const letters = (n: number) => String(n).replace(/\d/g, (digit) => "abcdefghij".charAt(Number(digit)));
  const many = Array.from(
    { length: MOST_TEMPLATES + 20 },
    (_, n) => `kind ${letters(n)} is ${letters(n)}x broken`,
  );
  const { state } = mineAll(many.map((text, n) => text.replace("kind", letters(n))));
  expect(state.templates).toHaveLength(MOST_TEMPLATES);
  expect(state.templates[0]?.tokens[0]).toBe(letters(20));
});
