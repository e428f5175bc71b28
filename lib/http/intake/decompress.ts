import { promisify } from "node:util";
import { brotliDecompress, unzip, zstdDecompress } from "node:zlib";

type Decompress = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

/** `unzip` tells gzip from deflate by itself: clients confuse them. */
const DECOMPRESSORS = new Map<string, Decompress>([
  ["gzip", promisify(unzip)],
  ["x-gzip", promisify(unzip)],
  ["deflate", promisify(unzip)],
  ["br", promisify(brotliDecompress)],
  ["zstd", promisify(zstdDecompress)],
]);

/**
 * A body of a Content-Encoding as it was before; no more than `maxBytes` are ever made of it. What is not compressed as it says stays as it
 * came: some senders name an encoding that a proxy has taken off.
 */
export async function decompress(
  bytes: Buffer,
  encoding: string,
  maxBytes: number,
): Promise<Buffer | "too-large"> {
  const plain = DECOMPRESSORS.get(encoding.trim().toLowerCase());
  if (!plain) return bytes;
  try {
    return await plain(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE"
      ? "too-large"
      : bytes;
  }
}
