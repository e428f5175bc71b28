import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import type { WriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { CsvRow } from "#lib/imports/csv-incident";

// What one part may hold in memory; files are told apart by the hash of the ticket, so parts are about equal.
const PART_BYTES = 4_000_000;
const MOST_PARTS = 512;

/**
 * Brings the rows of each ticket together, wherever in the file they are, in memory that does not grow with it: rows are first
 * dealt out to temporary files by the hash of their ticket, then each file is gathered by itself. The files go at the end.
 */
export async function* gatherTickets(
  rows: AsyncIterable<CsvRow>,
  idOf: (row: CsvRow) => string,
  fileBytes: number,
): AsyncGenerator<CsvRow[]> {
  const folder = await mkdtemp(join(tmpdir(), "touchline-import-"));
  try {
    const count = Math.min(MOST_PARTS, Math.max(1, Math.ceil(fileBytes / PART_BYTES)));
    const paths = Array.from({ length: count }, (_, index) => join(folder, `${index}.jsonl`));
    await dealOut(rows, idOf, paths);
    for (const path of paths) yield* gather(path, idOf);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function dealOut(rows: AsyncIterable<CsvRow>, idOf: (row: CsvRow) => string, paths: readonly string[]) {
  const streams = paths.map((path) => createWriteStream(path, { mode: 0o600 }));
  for await (const row of rows) {
    const stream = streams[partOf(idOf(row), streams.length)];
    if (stream && !stream.write(`${JSON.stringify(row)}\n`)) await once(stream, "drain");
  }
  await Promise.all(streams.map(finish));
}

async function finish(stream: WriteStream): Promise<void> {
  stream.end();
  await once(stream, "close");
}

function partOf(id: string, count: number): number {
  return createHash("sha1").update(id).digest().readUInt32BE(0) % count;
}

async function* gather(path: string, idOf: (row: CsvRow) => string): AsyncGenerator<CsvRow[]> {
  const tickets = new Map<string, CsvRow[]>();
  for await (const text of createInterface({ input: createReadStream(path, "utf8") })) {
    // Only `dealOut` writes these files.
    const row = JSON.parse(text) as CsvRow;
    const ticket = tickets.get(idOf(row));
    if (ticket) ticket.push(row);
    else tickets.set(idOf(row), [row]);
  }
  yield* tickets.values();
}
