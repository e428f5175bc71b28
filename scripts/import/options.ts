import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { parseMapping } from "#lib/imports/csv-mapping";
import type { CsvMapping } from "#lib/imports/csv-mapping";

const KINDS = ["statuspage", "csv", "pagerduty", "opsgenie"] as const;

export const USAGE = `Usage: npm run import -- statuspage FILE…
       npm run import -- csv FILE… --mapping MAPPING.json
       npm run import -- pagerduty INCIDENTS.json… [--log-entries LOG.json]…
       npm run import -- opsgenie FILE.json…
  --dry-run        reads everything, writes nothing
  --skipped FILE   writes every row that is passed over into FILE (CSV) instead of to standard error
  --data DIR       the data folder whose database is meant`;

export type ImportCommand = {
  kind: (typeof KINDS)[number];
  files: string[];
  logEntries: string[];
  mapping: CsvMapping | null;
  isDryRun: boolean;
  skippedFile: string | undefined;
  dataFolder: string | undefined;
};

/** Reads the command line; throws with what is wrong. Paths mean what they mean in `from`. */
export function readCommand(argv: string[], from: string): ImportCommand {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      data: { type: "string" },
      mapping: { type: "string" },
      skipped: { type: "string" },
      "dry-run": { type: "boolean", default: false },
      "log-entries": { type: "string", multiple: true, default: [] },
    },
  });
  const [word, ...names] = positionals;
  const kind = KINDS.find((known) => known === word);
  const files = names.map((name) => existing(from, name));
  const logEntries = values["log-entries"].map((name) => existing(from, name));
  if (!kind || files.length + logEntries.length === 0) throw new Error(USAGE);
  if (kind !== "pagerduty" && logEntries.length > 0)
    throw new Error(`Only pagerduty takes --log-entries.\n${USAGE}`);
  if ((kind === "csv") !== (values.mapping !== undefined)) {
    throw new Error(`csv, and only csv, takes --mapping.\n${USAGE}`);
  }
  return {
    kind,
    files,
    logEntries,
    mapping:
      values.mapping === undefined
        ? null
        : parseMapping(readFileSync(existing(from, values.mapping), "utf8")),
    isDryRun: values["dry-run"],
    skippedFile: values.skipped === undefined ? undefined : resolve(from, values.skipped),
    dataFolder: values.data === undefined ? undefined : resolve(from, values.data),
  };
}

function existing(from: string, name: string): string {
  const path = resolve(from, name);
  if (!existsSync(path)) throw new Error(`There is no file ${path}.`);
  return path;
}
