import { createReadStream, existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { connect } from "#db/connect";
import type { Actor } from "#lib/context";
import { importIncidents } from "#lib/imports/commands/import-incidents";
import type { ImportReport } from "#lib/imports/commands/import-incidents";
import type { ParsedRecord } from "#lib/imports/imported-incident";
import { splitRecords } from "#lib/imports/json-records";
import { parseStatuspageRecord } from "#lib/imports/statuspage";
import { root } from "#scripts/setup/root";

// npm run import -- statuspage FILE [--data DIR]: brings the incident history of a Statuspage in.

const USAGE = "Usage: npm run import -- statuspage FILE [--data DIR]";
const LINE_EVERY = 5000;

const ACTOR: Actor = {
  type: "system",
  id: null,
  name: "Statuspage import",
  role: "owner",
  channel: "import",
  timeZone: "Etc/UTC",
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { data: { type: "string" } },
  });
  const [format, file, ...rest] = positionals;
  if (format !== "statuspage" || file === undefined || rest.length > 0) throw new Error(USAGE);
  // npm runs scripts from the project's folder; a path means what it meant where the person stood.
  const from = process.env.INIT_CWD ?? process.cwd();
  const path = resolve(from, file);
  if (!existsSync(path)) throw new Error(`There is no file ${path}.`);
  const db = connect(databaseUrl(values.data === undefined ? undefined : resolve(from, values.data)), {
    max: 2,
    applicationName: "touchline-import",
  });
  const started = Date.now();
  try {
    const report = await importIncidents({ db, actor: ACTOR }, recordsOf(path), showProgress);
    clearProgress();
    console.log(closingReport(report, path, Date.now() - started));
  } finally {
    await db.$client.end();
  }
}

async function* recordsOf(path: string): AsyncGenerator<ParsedRecord> {
  const splitter = splitRecords("incidents");
  for await (const piece of createReadStream(path, { encoding: "utf8" })) {
    for (const text of splitter.push(String(piece))) yield parseStatuspageRecord(text);
  }
  splitter.end();
}

/** The database that DATABASE_URL names, else the one that `npm run up` serves from its data folder. */
function databaseUrl(folder: string | undefined): string {
  if (folder === undefined && process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const file = join(folder ?? join(root, ".touchline"), "ready.json");
  if (!existsSync(file)) {
    throw new Error(
      `No database found: start Touchline with npm run up first, name its folder with --data, or set DATABASE_URL. (Looked for ${file}.)`,
    );
  }
  return z.object({ databaseUrl: z.string() }).parse(JSON.parse(readFileSync(file, "utf8"))).databaseUrl;
}

let toldAt = 0;

function showProgress({ read, imported }: ImportReport): void {
  const text = `${read} read, ${imported} imported`;
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${text}`);
  else if (read - toldAt >= LINE_EVERY) {
    toldAt = read;
    console.log(text);
  }
}

function clearProgress(): void {
  if (process.stdout.isTTY) process.stdout.write("\r\u001b[K");
}

function closingReport(report: ImportReport, path: string, milliseconds: number): string {
  const skipped = [...report.skipped].toSorted(([, a], [, b]) => b.count - a.count);
  const total = skipped.reduce((sum, [, { count }]) => sum + count, 0);
  const lines = [
    `${path}: ${report.read} records read in ${(milliseconds / 1000).toFixed(1)} s`,
    `  ${report.imported} imported`,
    `  ${report.unchanged} unchanged (there already)`,
    `  ${total} skipped`,
  ];
  for (const [reason, { count, examples }] of skipped) {
    lines.push(`    ${count}: the record ${reason}, for example`);
    for (const example of examples) lines.push(`      ${example}`);
  }
  return lines.join("\n");
}

try {
  await main();
} catch (error) {
  clearProgress();
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
