import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvRecord, csvSeconds } from "#lib/reports/csv";

/** A minimal RFC 4180 reader. */
function parse(text: string): string[][] {
  const records: string[][] = [[""]];
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const record = records.at(-1)!;
    const [char, next] = [text[index]!, text[index + 1]];
    const last = record.length - 1;
    if (quoted && char === '"' && next === '"') {
      record[last] += '"';
      index += 1;
    } else if (char === '"') quoted = !quoted;
    else if (!quoted && char === ",") record.push("");
    else if (!quoted && char === "\r" && next === "\n") {
      records.push([""]);
      index += 1;
    } else record[last] += char;
  }
  return records.slice(0, -1);
}

describe("csvRecord", () => {
  test("formats every kind of value", () => {
    const at = new Date("2026-11-22T19:40:00.123Z");
    expect(csvRecord(["a", 1.5, -3, true, null, at])).toBe("a,1.5,-3,true,,2026-11-22T19:40:00.123Z\r\n");
    expect(csvRecord(['say "hi", now', "two\nlines"])).toBe('"say ""hi"", now","two\nlines"\r\n');
    expect([csvSeconds(61_234.4), csvSeconds(null)]).toEqual([61.234, null]);
  });

  test.each(["=1+1", "+1", "-2+3", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x","y")'])(
    "%j can't become a formula",
    (title) => {
      const [[value] = []] = parse(csvRecord([title]));
      expect(value).toBe(`'${title}`);
    },
  );

  test("round-trips any text through a parser, apart from the apostrophe", () => {
    const rows = fc.array(fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 5 }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(rows, (given) => {
        const read = parse(given.map(csvRecord).join(""));
        const expected = given.map((row) =>
          row.map((value) => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value)),
        );
        expect(read).toEqual(expected);
      }),
    );
  });
});
