import { connect } from "#db/connect";
import type { Actor, Context } from "#lib/context";
import { importIncidents } from "#lib/imports/commands/import-incidents";
import { importLines } from "#lib/imports/commands/import-lines";
import { readCommand } from "#scripts/import/options";
import type { ImportCommand } from "#scripts/import/options";
import { readLines, readRecords } from "#scripts/import/read-records";
import { closingReport, progressLine } from "#scripts/import/report";
import { skippedRows } from "#scripts/import/skipped-rows";
import { sizeOf } from "#scripts/import/source-file";
import { commandDatabase } from "#scripts/setup/command-database";

// npm run import: brings the incident history of another tool in. scripts/import/options.ts has its words.

const NAMES = { statuspage: "Statuspage", csv: "CSV", pagerduty: "PagerDuty", opsgenie: "Opsgenie" };

async function main(): Promise<void> {
  // npm runs scripts from the project's folder; a path means what it meant where the person stood.
  const command = readCommand(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  const db = connect(commandDatabase(command.dataFolder), { max: 2, applicationName: "touchline-import" });
  const actor: Actor = {
    type: "system",
    id: null,
    name: `${NAMES[command.kind]} import`,
    role: "owner",
    channel: "import",
    timeZone: "Etc/UTC",
  };
  try {
    await run({ db, actor }, command);
  } finally {
    await db.$client.end();
  }
}

async function run(ctx: Context, command: ImportCommand): Promise<void> {
  const { files, logEntries, isDryRun } = command;
  const skipped = skippedRows(command.skippedFile);
  const progress = { read: 0, total: [...files, ...logEntries].reduce((sum, path) => sum + sizeOf(path), 0) };
  const line = progressLine(progress);
  const options = { isDryRun, onProgress: line.show };
  try {
    if (files.length > 0) {
      const started = performance.now();
      const report = await importIncidents(ctx, readRecords(command, progress, skipped), options);
      line.clear();
      console.log(
        closingReport(`Incidents of ${files.join(", ")}`, report, performance.now() - started, isDryRun),
      );
    }
    if (logEntries.length > 0) {
      const started = performance.now();
      const report = await importLines(ctx, readLines(logEntries, progress, skipped), options);
      line.clear();
      const what = `Log entries of ${logEntries.join(", ")}`;
      console.log(closingReport(what, report, performance.now() - started, isDryRun));
    }
  } finally {
    line.clear();
    await skipped.close();
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
