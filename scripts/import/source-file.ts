import { createReadStream, statSync } from "node:fs";
import type { Readable } from "node:stream";

/** How far the reading of the files has come, in bytes. */
export type ReadingProgress = { read: number; total: number };

/** The bytes of a file, counted as they are read. */
export function openCounted(path: string, progress: ReadingProgress): Readable {
  const stream = createReadStream(path);
  stream.on("data", (piece) => {
    progress.read += piece.length;
  });
  return stream;
}

export function sizeOf(path: string): number {
  return statSync(path).size;
}
