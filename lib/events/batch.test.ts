import { describe, expect, test } from "vitest";
import { isAdmitted } from "#lib/events/admission";
import { takeBatch } from "#lib/events/batch";

const entry = (name: string, keys: string[], rows = 1, bytes = 1) => ({ name, keys, room: { rows, bytes } });
const names = (entries: { name: string }[]) => entries.map(({ name }) => name);

describe("takeBatch", () => {
  test("takes from the front until the transaction is full", () => {
    const queue = [entry("a", ["1"], 2), entry("b", ["2"], 2), entry("c", ["3"], 2)];
    const { batch, rest } = takeBatch(queue, new Set(), { rows: 4, bytes: 100 });
    expect([names(batch), names(rest)]).toEqual([["a", "b"], ["c"]]);
  });

  test("takes one entry whatever its size", () => {
    const { batch, rest } = takeBatch([entry("large", ["1"], 9, 999)], new Set(), { rows: 4, bytes: 100 });
    expect([names(batch), names(rest)]).toEqual([["large"], []]);
  });

  test("passes over what shares a key with what is being written, and over all that came after it", () => {
    const queue = [
      entry("a", ["busy"]),
      entry("b", ["2"]),
      entry("c", ["busy", "3"]),
      entry("d", ["3"]),
      entry("e", ["4"]),
    ];
    const { batch, rest } = takeBatch(queue, new Set(["busy"]));
    expect([names(batch), names(rest)]).toEqual([
      ["b", "e"],
      ["a", "c", "d"],
    ]);
  });
});

describe("isAdmitted", () => {
  const limit = { rows: 100, bytes: 1000 };
  const one = { rows: 1, bytes: 10 };

  test("takes everything while there is room", () => {
    expect(isAdmitted({ rows: 0, bytes: 0 }, one, false, limit)).toBe(true);
  });

  test("keeps the last quarter for what is new", () => {
    expect(isAdmitted({ rows: 75, bytes: 0 }, one, false, limit)).toBe(false);
    expect(isAdmitted({ rows: 75, bytes: 0 }, one, true, limit)).toBe(true);
    expect(isAdmitted({ rows: 0, bytes: 745 }, one, false, limit)).toBe(false);
    expect(isAdmitted({ rows: 0, bytes: 745 }, one, true, limit)).toBe(true);
  });

  test("refuses everything once it is full", () => {
    expect(isAdmitted({ rows: 100, bytes: 0 }, one, true, limit)).toBe(false);
    expect(isAdmitted({ rows: 0, bytes: 995 }, one, true, limit)).toBe(false);
  });
});
