import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { ParsedRecord } from "#lib/imports/imported-incident";
import { gatherTickets } from "#scripts/import/gather-tickets";
import { readCommand } from "#scripts/import/options";
import { readLines, readRecords } from "#scripts/import/read-records";
import type { SkippedRows } from "#scripts/import/skipped-rows";

const folder = mkdtempSync(join(tmpdir(), "touchline-import-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return name;
};
const MAPPING = file(
  "mapping.json",
  JSON.stringify({
    source: "desk",
    id: "number",
    title: "text",
    created: "opened",
    state: { column: "state", values: { New: "triggered", Closed: "resolved" } },
    updates: { at: "updated" },
  }),
);

async function read(argv: string[]) {
  const told: string[] = [];
  const skipped: SkippedRows = {
    tell: (_, line, { reason }) => told.push(`${line}: ${reason}`),
    close: async () => undefined,
  };
  const command = readCommand(argv, folder);
  const records: ParsedRecord[] = [];
  for await (const record of readRecords(command, { read: 0, total: 0 }, skipped)) records.push(record);
  return { command, told, skipped, records };
}

test("rows of a ticket are gathered from all over the file; every row passed over is told with its line", async () => {
  const rows = [
    "number,text,opened,state,updated",
    'A,"One, with\na line break",2024-01-01T10:00,New,2024-01-01T10:00',
    "B,Two,2024-01-01T10:00,New,2024-01-01T10:00",
    "too,few",
    "A,One,2024-01-01T10:00,Closed,2024-01-01T11:00",
    "C,Three,2024-01-01T10:00,Closed,not a time",
    "",
  ];
  const { records, told } = await read(["csv", file("t.csv", rows.join("\n")), "--mapping", MAPPING]);
  expect(records.filter(({ kind }) => kind === "incident")).toMatchObject([
    { incident: { externalId: "desk/A", title: "One", resolvedAt: new Date("2024-01-01T11:00:00Z") } },
  ]);
  expect(records.filter(({ kind }) => kind === "skipped")).toHaveLength(3);
  expect(told.toSorted()).toEqual([
    "4: is not resolved yet",
    "5: is not a row of this table",
    "7: has a time in another form than the mapping says",
  ]);
});

test("a file without the columns of the mapping is refused with what it has", async () => {
  const name = file("other.csv", "id,text\n1,2\n");
  await expect(read(["csv", name, "--mapping", MAPPING])).rejects.toThrow(
    /no column “number”.*It has “id”, “text”/,
  );
});

test("JSON records and log entries are read one at a time with their lines", async () => {
  const incident = { id: "P1", status: "resolved", created_at: "2024-01-01T10:00:00Z" };
  const entry = { id: "R1", type: "notify_log_entry", created_at: "2024-01-01T10:00:00Z", incident };
  const incidents = file("i.json", `{"incidents": [\n${JSON.stringify(incident)},\n{"id": 3}]}`);
  const log = file("l.json", `{"log_entries": [\n\n${JSON.stringify(entry)}]}`);
  const { told, command, skipped } = await read(["pagerduty", incidents, "--log-entries", log]);
  expect(told).toEqual(["2: is not resolved yet", "3: lacks what an incident needs"]);
  for await (const { parsed, tellSkip } of readLines(command.logEntries, { read: 0, total: 0 }, skipped)) {
    if (parsed.kind === "skipped") tellSkip(parsed);
  }
  expect(told.at(-1)).toBe("3: says what its incident says already");
});

test("the temporary files of gathering are gone afterwards, also when it is broken off", async () => {
  const left = () => readdirSync(tmpdir()).filter((name) => /^touchline-import-[^t]/.test(name)).length;
  const before = left();
  async function* rows() {
    for (let line = 1; line <= 200; line += 1) yield { line, cells: { id: `T${line % 20}` } };
  }
  const seen: number[] = [];
  // A size that needs several parts.
  for await (const ticket of gatherTickets(rows(), ({ cells }) => cells.id ?? "", 100_000_000)) {
    seen.push(ticket.length);
    if (seen.length === 15) break;
  }
  expect(seen).toEqual(Array.from({ length: 15 }, () => 10));
  expect(left()).toBe(before);
});

test.each([
  [["cvs", "t.csv"], "Usage"],
  [["csv", "t.csv"], "takes --mapping"],
  [["opsgenie", "t.csv", "--log-entries", "t.csv"], "Only pagerduty"],
  [["csv", "nowhere.csv", "--mapping", "mapping.json"], "There is no file"],
])("%j is refused", (argv, message) => {
  expect(() => readCommand(argv, folder)).toThrow(message);
});

test("what ends in the future is told of and passed over", async () => {
  const rows = ["number,text,opened,state,updated", "A,One,2024-01-01T10:00,Closed,2999-01-01T11:00", ""];
  const { records, told } = await read(["csv", file("future.csv", rows.join("\n")), "--mapping", MAPPING]);
  expect(records).toMatchObject([{ kind: "skipped", reason: "is not resolved yet" }]);
  expect(told).toEqual(["2: is not resolved yet"]);
});
