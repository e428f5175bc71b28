import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { decompress } from "#lib/http/intake/decompress";

const PLAIN = Buffer.from('{"event_action":"trigger"}');
const MOST = 500_000;

test.each([
  ["gzip", gzipSync(PLAIN)],
  ["GZIP ", gzipSync(PLAIN)],
  ["deflate", deflateSync(PLAIN)],
  ["br", brotliCompressSync(PLAIN)],
  ["zstd", zstdCompressSync(PLAIN)],
])("%s is read", async (encoding, bytes) => {
  expect(await decompress(bytes, encoding, MOST)).toEqual(PLAIN);
});

test.each(["gzip", "br", "deflate", "zstd", "identity", "compress", ""])(
  "what only says that it is %s stays as it came",
  async (encoding) => {
    expect(await decompress(PLAIN, encoding, MOST)).toEqual(PLAIN);
  },
);

test.each([
  ["gzip", gzipSync],
  ["deflate", deflateSync],
  ["br", brotliCompressSync],
  ["zstd", zstdCompressSync],
])("a bomb of %s is refused", async (encoding, compress) => {
  const bomb = compress(Buffer.alloc(5_000_000));
  expect(bomb.length).toBeLessThan(MOST);
  expect(await decompress(bomb, encoding, MOST)).toBe("too-large");
});
