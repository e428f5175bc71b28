import { expect, it } from "vitest";
import { changesOf, words } from "#lib/organisation/audit-words";

it("reads names as words", () => {
  expect(words("notification_rules")).toBe("notification rules");
  expect(words("demo.removed")).toBe("demo removed");
});

it("shows what differs, whatever side is missing", () => {
  expect(changesOf({ name: "A", tier: 1, same: [1] }, { name: "B", tier: 2, same: [1] })).toEqual([
    { field: "name", before: "A", after: "B" },
    { field: "tier", before: "1", after: "2" },
  ]);
  expect(changesOf(null, { name: "A", note: null })).toEqual([
    { field: "name", before: null, after: "A" },
    { field: "note", before: null, after: "null" },
  ]);
  expect(changesOf({ address: "x" }, null)).toEqual([{ field: "address", before: "x", after: null }]);
});
