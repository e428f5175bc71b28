import { parse } from "csv-parse";
import type { CsvRow } from "#lib/imports/csv-incident";
import { missingColumns } from "#lib/imports/csv-mapping";
import type { CsvMapping } from "#lib/imports/csv-mapping";
import { skip } from "#lib/imports/imported-incident";
import type { Skipped } from "#lib/imports/imported-incident";
import { openCounted } from "#scripts/import/source-file";
import type { ReadingProgress } from "#scripts/import/source-file";

// A quote that is never closed would otherwise be read until the memory is full.
const LONGEST_ROW = 4_000_000;

type TellSkip = (line: number, skipped: Skipped) => void;

/**
 * The rows of a CSV file, one at a time. Throws when the file lacks a column that the mapping names. Rows of another width or with
 * broken quotes are told to `tellSkip` and passed over.
 */
export async function* readCsv(
  path: string,
  mapping: CsvMapping,
  progress: ReadingProgress,
  tellSkip: TellSkip,
): AsyncGenerator<CsvRow> {
  const parser = parse({
    bom: true,
    columns: (header: string[]) => checked(header, mapping, path),
    delimiter: mapping.delimiter,
    encoding: mapping.encoding,
    info: true,
    max_record_size: LONGEST_ROW,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (error) tellSkip(Number(error["lines"]), skip("is not a row of this table", error.message));
    },
  });
  const source = openCounted(path, progress);
  source.on("error", (error) => parser.destroy(error));
  // With `info` each record is { record, info }; the package's types leave it open.
  for await (const { record, info } of source.pipe(parser) as AsyncIterable<{
    record: Record<string, string>;
    info: { lines: number };
  }>) {
    yield { line: info.lines, cells: record };
  }
}

function checked(header: string[], mapping: CsvMapping, path: string): string[] {
  const names = header.map((name) => name.trim());
  const missing = missingColumns(mapping, names);
  if (missing.length === 0) return names;
  throw new Error(
    `${path} has no column ${missing.map((name) => `“${name}”`).join(", ")}. It has ${names.map((name) => `“${name}”`).join(", ")}.`,
  );
}
