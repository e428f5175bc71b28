import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitRecords } from "#lib/imports/json-records";

function split(text: string, size = text.length || 1): string[] {
  const splitter = splitRecords("incidents");
  const records: string[] = [];
  for (let start = 0; start < text.length; start += size) {
    records.push(...splitter.push(text.slice(start, start + size)).map((record) => record.text));
  }
  splitter.end();
  return records;
}

describe("splitRecords", () => {
  test("finds the same records however the file is cut", () => {
    const layouts = fc.constantFrom(0, 1, 3);
    const records = fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 6 });
    fc.assert(
      fc.property(
        records,
        layouts,
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        (items, indent, size, wrapped) => {
          const page = {
            page: { incidents: [1, 2], name: 'a "quoted" {[' },
            note: ["incidents"],
            incidents: items,
          };
          const text = JSON.stringify(wrapped ? page : items, null, indent);
          expect(split(text, size).map((record) => JSON.parse(record))).toEqual(
            JSON.parse(JSON.stringify(items)),
          );
        },
      ),
    );
  });

  test("hands a broken record on for its parser to judge, and goes on", () => {
    expect(split('[{"a": 1}, {"b": }, {"c": 3}]')).toEqual(['{"a": 1}', '{"b": }', '{"c": 3}']);
  });

  test("tells on which line each record begins", () => {
    const text = '{\n"incidents": [\n{"a": 1},\n\n{"b":\n2}, {"c": 3}]}';
    expect(
      splitRecords("incidents")
        .push(text)
        .map(({ line }) => line),
    ).toEqual([3, 5, 6]);
  });

  test("says what is wrong with the file", () => {
    expect(() => split('{"page": {"incidents": [1]}}')).toThrow("no list of incidents");
    expect(() => split("")).toThrow("no list of incidents");
    expect(() => split('{"incidents": [{"a": 1}, {"b"')).toThrow("middle of a record");
    expect(() => split("]")).toThrow("not JSON");
  });
});
