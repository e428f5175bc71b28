import { splitRecords } from "#lib/imports/json-records";
import type { JsonRecord } from "#lib/imports/json-records";
import { openCounted } from "#scripts/import/source-file";
import type { ReadingProgress } from "#scripts/import/source-file";

/** The elements of the list `key` of a JSON file, or of the list that the file is, one at a time. */
export async function* readJson(
  path: string,
  key: string,
  progress: ReadingProgress,
): AsyncGenerator<JsonRecord> {
  const splitter = splitRecords(key);
  const decoder = new TextDecoder();
  for await (const piece of openCounted(path, progress)) {
    yield* splitter.push(decoder.decode(piece as Uint8Array, { stream: true }));
  }
  splitter.end();
}
