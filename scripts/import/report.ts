import type { ImportReport } from "#lib/imports/commands/import-incidents";
import type { ReadingProgress } from "#scripts/import/source-file";

/** What a run of the import did, for people. */
export function closingReport(
  what: string,
  report: ImportReport,
  milliseconds: number,
  isDryRun: boolean,
): string {
  const skipped = [...report.skipped].toSorted(([, a], [, b]) => b.count - a.count);
  const total = skipped.reduce((sum, [, { count }]) => sum + count, 0);
  const lines = [
    `${what}: ${report.read} read in ${(milliseconds / 1000).toFixed(1)} s${isDryRun ? " (dry run: nothing was written)" : ""}`,
    `  ${report.imported} ${isDryRun ? "to import" : "imported"}`,
    `  ${report.unchanged} unchanged (there already)`,
    `  ${total} skipped`,
  ];
  for (const [reason, { count, examples }] of skipped) {
    lines.push(`    ${count}: it ${reason}, for example`);
    for (const example of examples) lines.push(`      ${example}`);
  }
  return lines.join("\n");
}

export type ProgressLine = { show: (report: ImportReport) => void; clear: () => void };

const LINE_EVERY = 5000;

/** One line that is written over on a terminal; elsewhere a line for every 5,000 records. */
export function progressLine(progress: ReadingProgress): ProgressLine {
  let toldAt = 0;
  return {
    show: ({ read, imported }) => {
      const percent = progress.total === 0 ? 100 : Math.floor((100 * progress.read) / progress.total);
      const text = `${percent} % of ${(progress.total / 1e6).toFixed(1)} MB, ${read} read, ${imported} imported`;
      if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${text}`);
      else if (read - toldAt >= LINE_EVERY) {
        toldAt = read;
        process.stdout.write(`${text}\n`);
      }
    },
    clear: () => {
      if (process.stdout.isTTY) process.stdout.write("\r\u001b[K");
    },
  };
}
