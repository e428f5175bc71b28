import type { IncomingMessage } from "node:http";
import { decompress } from "#lib/http/intake/decompress";

/** `busy`: so many bodies are being read at once that this one would take memory that is not there. */
export type BodyRead = { kind: "text"; text: string } | Refusal;

type Refusal = { kind: "too-large" } | { kind: "busy" };

/** All bodies that are being read at once in this process, in bytes. */
const MAX_READING_BYTES = 64 * 1024 * 1024;
/** A sender that is still writing would miss the refusal, so this much more is taken in and thrown away. */
const MAX_DISCARDED_BYTES = 16 * 1024 * 1024;

let reading = 0;

/** The sender closed the connection in the middle of its body; nobody waits for an answer. */
export class SenderGone extends Error {}

/** Collects a body's chunks within bounds; what is beyond them takes no memory. */
function newCollector(maxBytes: number) {
  let chunks: Uint8Array[] = [];
  let size = 0;
  let held = 0;
  let refusal: Refusal | null = null;
  const release = () => {
    reading -= held;
    held = 0;
    chunks = [];
  };
  return {
    /** Whether more is wanted. */
    add(chunk: Uint8Array): boolean {
      size += chunk.byteLength;
      if (refusal === null && size > maxBytes) refusal = { kind: "too-large" };
      else if (refusal === null && reading + chunk.byteLength > MAX_READING_BYTES) refusal = { kind: "busy" };
      if (refusal !== null) {
        release();
        return size <= maxBytes + MAX_DISCARDED_BYTES;
      }
      held += chunk.byteLength;
      reading += chunk.byteLength;
      chunks.push(chunk);
      return true;
    },
    result(): Buffer | Refusal {
      if (refusal !== null) return refusal;
      const [only] = chunks;
      const whole = chunks.length === 1 && only ? only : Buffer.concat(chunks);
      return Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength);
    },
    release,
  };
}

/** Reads the body of a Node request. Rejects with SenderGone when the sender goes away in the middle of it. */
export async function readNodeBody(message: IncomingMessage, maxBytes: number): Promise<BodyRead> {
  const read = await collectNodeBody(message, maxBytes);
  return Buffer.isBuffer(read) ? toText(read, message.headers["content-encoding"], maxBytes) : read;
}

function collectNodeBody(message: IncomingMessage, maxBytes: number): Promise<Buffer | Refusal> {
  return new Promise((resolve, reject) => {
    const collector = newCollector(maxBytes);
    const done = () => {
      resolve(collector.result());
      collector.release();
    };
    message.on("data", (chunk: Uint8Array) => {
      if (!collector.add(chunk)) done();
    });
    message.once("end", done);
    message.once("close", () => {
      collector.release();
      // Every request closes; an error made for each would cost more than reading its body.
      if (!message.complete) reject(new SenderGone("The sender went away."));
    });
  });
}

/** Reads the body of a web request. */
export async function readWebBody(request: Request, maxBytes: number): Promise<BodyRead> {
  const collector = newCollector(maxBytes);
  try {
    for await (const chunk of request.body ?? []) {
      if (!collector.add(chunk)) break;
    }
    const read = collector.result();
    const encoding = request.headers.get("content-encoding") ?? undefined;
    return Buffer.isBuffer(read) ? await toText(read, encoding, maxBytes) : read;
  } finally {
    collector.release();
  }
}

/** `maxBytes` bounds what a compressed body becomes as well, and it takes that much of the room until it is known. */
async function toText(bytes: Buffer, encoding: string | undefined, maxBytes: number): Promise<BodyRead> {
  if (encoding === undefined) return { kind: "text", text: bytes.toString("utf8") };
  if (reading + maxBytes > MAX_READING_BYTES) return { kind: "busy" };
  reading += maxBytes;
  try {
    const plain = await decompress(bytes, encoding, maxBytes);
    return plain === "too-large" ? { kind: "too-large" } : { kind: "text", text: plain.toString("utf8") };
  } finally {
    reading -= maxBytes;
  }
}
