import { describe, expect, test } from "vitest";
import { csvReader } from "#lib/imports/csv-incident";
import type { CsvRow } from "#lib/imports/csv-incident";
import { missingColumns, parseMapping } from "#lib/imports/csv-mapping";

const FLAT = {
  source: "desk",
  timeFormat: "d/M/yyyy HH:mm",
  timeZone: "Europe/London",
  empty: ["?"],
  id: "Ref",
  title: "Summary",
  service: ["Affected", "Group"],
  created: "Opened",
  resolved: ["Resolved", "Closed"],
  acknowledged: "Taken",
  acknowledgedBy: "Owner",
  state: { column: "State", values: { Open: "triggered", Done: "resolved" } },
  priority: { column: "Prio", values: { "1 - Critical": 1, "3 - Moderate": 3, None: null } },
  customerImpact: { column: "Customers", values: { yes: true, no: false }, otherwise: false },
};
const ROW = {
  Ref: "T-1",
  Summary: "Deposits fail",
  Affected: "?",
  Group: "Payments",
  Opened: "1/7/2024 10:00",
  Resolved: "",
  Closed: "1/7/2024 11:30",
  Taken: "1/7/2024 10:05",
  Owner: "ann@example.com",
  State: "Done",
  Prio: "1 - Critical",
  Customers: "yes",
};

const readFlat = (change: Record<string, string> = {}, mapping: object = FLAT) =>
  csvReader(parseMapping(JSON.stringify(mapping)))([{ line: 7, cells: { ...ROW, ...change } }]);

describe("a row an incident", () => {
  test("columns, zone, empty cells and words are read as mapped", () => {
    expect(readFlat()).toMatchObject({
      kind: "incident",
      incident: {
        externalId: "desk/T-1",
        title: "Deposits fail",
        components: ["Payments"],
        urgency: "high",
        priorityRank: 1,
        customerImpact: true,
        createdAt: new Date("2024-07-01T09:00:00.000Z"),
        resolvedAt: new Date("2024-07-01T10:30:00.000Z"),
        entries: [
          {
            type: "acknowledge",
            at: new Date("2024-07-01T09:05:00.000Z"),
            by: { name: "ann@example.com", email: "ann@example.com", isPerson: true },
          },
        ],
      },
    });
  });

  test.each([
    [{ Prio: "9 - Odd" }, "has a value that the mapping does not know", "line 7: Prio “9 - Odd”"],
    [{ Opened: "2024-07-01" }, "has a time in another form than the mapping says", "line 7: Opened"],
    [{ Opened: "?" }, "lacks what an incident needs", "Opened is empty"],
    [{ Ref: " " }, "lacks what an incident needs", "Ref is empty"],
    [{ State: "Open" }, "is not resolved yet", "T-1"],
    [{ Closed: "" }, "is not resolved yet", "T-1"],
    [{ Closed: "30/6/2024 10:00" }, "ends before it starts", "desk/T-1"],
  ])("%j is skipped with its reason and place", (change, reason, place) => {
    expect(readFlat(change)).toMatchObject({
      kind: "skipped",
      reason,
      example: expect.stringContaining(place),
    });
  });

  test("a value that is not known means `otherwise` where the mapping has it", () => {
    expect(readFlat({ Customers: "perhaps" })).toMatchObject({ incident: { customerImpact: false } });
  });
});

const UPDATES = {
  source: "desk",
  timeFormat: "d/M/yyyy HH:mm",
  id: "number",
  title: "text",
  created: "opened_at",
  state: {
    column: "state",
    values: { New: "triggered", Active: "acknowledged", Resolved: "resolved", Closed: "resolved" },
  },
  updates: { at: "updated_at", by: "updated_by", note: "comment" },
};

const update = (line: number, at: string, state: string, comment = "", by = "Ann Lee"): CsvRow => ({
  line,
  cells: {
    number: "INC1",
    text: `Slow (${line})`,
    opened_at: "1/3/2016 01:00",
    state,
    updated_at: at,
    updated_by: by,
    comment,
  },
});

const readUpdates = (rows: CsvRow[]) => csvReader(parseMapping(JSON.stringify(UPDATES)))(rows);

describe("a row an update", () => {
  const rows = [
    update(2, "1/3/2016 01:00", "New"),
    update(3, "1/3/2016 01:10", "Active", "On it"),
    update(4, "1/3/2016 02:00", "Resolved"),
    update(5, "1/3/2016 03:00", "Active", "Back again"),
    update(6, "1/3/2016 04:00", "Resolved", "", "Ben"),
    update(7, "6/3/2016 04:00", "Closed"),
  ];

  test("its changes of state are the timeline; it ends where its last resolution began", () => {
    const read = readUpdates(rows);
    expect(read).toMatchObject({
      incident: {
        externalId: "desk/INC1",
        title: "Slow (7)",
        createdAt: new Date("2016-03-01T01:00:00.000Z"),
        resolvedAt: new Date("2016-03-01T04:00:00.000Z"),
      },
    });
    if (read.kind !== "incident") throw new Error("It was skipped.");
    expect(read.incident.entries.map(({ type, note }) => note ?? type)).toEqual([
      "acknowledge",
      "On it",
      "resolve",
      "reopen",
      "Back again",
    ]);
  });

  test("the order of the rows in the file does not matter", () => {
    expect(readUpdates(rows.toReversed())).toEqual(readUpdates(rows));
  });

  test("keys of lines are distinct and the same each time", () => {
    const read = readUpdates(rows);
    if (read.kind !== "incident") throw new Error("It was skipped.");
    const keys = read.incident.entries.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("a ticket that is worked on is skipped", () => {
    expect(readUpdates(rows.slice(0, 4))).toMatchObject({ reason: "is not resolved yet" });
  });
});

describe("parseMapping", () => {
  test.each([
    [{ ...FLAT, tittle: "Summary" }, "tittle"],
    [{ ...FLAT, timeZone: "Mars/Olympus" }, "timeZone"],
    [{ ...FLAT, timeFormat: "HH:mm" }, "timeFormat"],
    [{ ...FLAT, priority: { column: "Prio", values: { P: 9 } } }, "priority.values.P"],
    [{ ...FLAT, resolved: undefined }, "when was it over"],
  ])("says which field is wrong (%#)", (mapping, field) => {
    expect(() => parseMapping(JSON.stringify(mapping))).toThrow(field);
  });

  test("columns that the file does not have are named", () => {
    const mapping = parseMapping(JSON.stringify(UPDATES));
    expect(missingColumns(mapping, ["number", "text", "opened_at", "state"])).toEqual([
      "updated_at",
      "updated_by",
      "comment",
    ]);
  });
});
