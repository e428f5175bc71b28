import { createWriteStream } from "node:fs";
import { once } from "node:events";
import type { Skipped } from "#lib/imports/imported-incident";
import { csvRecord } from "#lib/reports/csv";

export type SkippedRows = {
  tell: (path: string, line: number, skipped: Skipped) => void;
  close: () => Promise<void>;
};

/** Every row that is passed over, with its file, line and reason: as CSV into the named file, else as lines of standard error. */
export function skippedRows(file: string | undefined): SkippedRows {
  if (file === undefined) {
    return {
      tell: (path, line, { reason, example }) => {
        process.stderr.write(`${path}:${line}: it ${reason}: ${example}\n`);
      },
      close: async () => undefined,
    };
  }
  const stream = createWriteStream(file);
  stream.write(csvRecord(["file", "line", "reason", "about"]));
  return {
    tell: (path, line, { reason, example }) => {
      stream.write(csvRecord([path, line, reason, example]));
    },
    close: async () => {
      stream.end();
      await once(stream, "close");
    },
  };
}
