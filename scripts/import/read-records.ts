import { csvReader } from "#lib/imports/csv-incident";
import type { CsvRow } from "#lib/imports/csv-incident";
import type { CsvMapping } from "#lib/imports/csv-mapping";
import { refuseFuture } from "#lib/imports/imported-incident";
import type { ParsedLine, ParsedRecord, Skipped } from "#lib/imports/imported-incident";
import { parseOpsgenieRecord } from "#lib/imports/opsgenie";
import { parsePagerDutyIncident, parsePagerDutyLogEntry } from "#lib/imports/pagerduty";
import { parseStatuspageRecord } from "#lib/imports/statuspage";
import { gatherTickets } from "#scripts/import/gather-tickets";
import type { ImportCommand } from "#scripts/import/options";
import { readCsv } from "#scripts/import/read-csv";
import { readJson } from "#scripts/import/read-json";
import type { SkippedRows } from "#scripts/import/skipped-rows";
import { sizeOf } from "#scripts/import/source-file";
import type { ReadingProgress } from "#scripts/import/source-file";

// The list of records in the documents of each tool, and what reads one of them.
const JSON_KINDS = {
  statuspage: { key: "incidents", parse: parseStatuspageRecord },
  pagerduty: { key: "incidents", parse: parsePagerDutyIncident },
  opsgenie: { key: "data", parse: parseOpsgenieRecord },
};

/** Every incident of the files of a command, one after the other. */
export async function* readRecords(
  { kind, files, mapping }: ImportCommand,
  progress: ReadingProgress,
  skipped: SkippedRows,
): AsyncGenerator<ParsedRecord> {
  for (const path of files) {
    if (kind === "csv") {
      if (!mapping) throw new Error("csv needs a mapping.");
      yield* readTable(path, mapping, progress, skipped);
      continue;
    }
    const { key, parse } = JSON_KINDS[kind];
    for await (const { text, line } of readJson(path, key, progress)) {
      const parsed = refuseFuture(parse(text), new Date());
      if (parsed.kind === "skipped") skipped.tell(path, line, parsed);
      yield parsed;
    }
  }
}

async function* readTable(
  path: string,
  mapping: CsvMapping,
  progress: ReadingProgress,
  skipped: SkippedRows,
): AsyncGenerator<ParsedRecord> {
  const read = csvReader(mapping);
  // Rows that the parser refuses are records too: they are handed on between the ones that it understood.
  const refused: Skipped[] = [];
  const rows = readCsv(path, mapping, progress, (line, why) => {
    skipped.tell(path, line, why);
    refused.push(why);
  });
  const idOf = (row: CsvRow) => row.cells[mapping.id] ?? "";
  const tickets = mapping.updates ? gatherTickets(rows, idOf, sizeOf(path)) : each(rows);
  for await (const ticket of tickets) {
    yield* refused.splice(0);
    const parsed = refuseFuture(read(ticket), new Date());
    if (parsed.kind === "skipped") skipped.tell(path, ticket[0]?.line ?? 0, parsed);
    yield parsed;
  }
  yield* refused.splice(0);
}

async function* each(rows: AsyncIterable<CsvRow>): AsyncGenerator<CsvRow[]> {
  for await (const row of rows) yield [row];
}

/** Every log entry of the files, with where to tell that it was passed over. */
export async function* readLines(
  files: readonly string[],
  progress: ReadingProgress,
  skipped: SkippedRows,
): AsyncGenerator<{ parsed: ParsedLine; tellSkip: (why: Skipped) => void }> {
  for (const path of files) {
    for await (const { text, line } of readJson(path, "log_entries", progress)) {
      yield { parsed: parsePagerDutyLogEntry(text), tellSkip: (why) => skipped.tell(path, line, why) };
    }
  }
}
