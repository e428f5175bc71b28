import { AppError } from "#lib/errors";

/** The most a request to the browser's own API or the public API may carry. */
const BODY_MAX_BYTES = 1_048_576;

/**
 * Reads a body up to `maxBytes`. Throws `too_large` as soon as it is longer, whatever its Content-Length says, and `invalid` when the
 * client hangs up before its end: nobody's defect.
 */
export async function readBody(request: Request, maxBytes: number = BODY_MAX_BYTES): Promise<string> {
  const tooLarge = new AppError("too_large", `The body may have at most ${maxBytes} bytes.`);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge;
  if (!request.body) return "";
  const decoder = new TextDecoder();
  let size = 0;
  let text = "";
  try {
    for await (const chunk of request.body) {
      size += chunk.byteLength;
      if (size > maxBytes) throw tooLarge;
      text += decoder.decode(chunk, { stream: true });
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("invalid", "The body broke off before its end.");
  }
  return text + decoder.decode();
}

/**
 * Parses a JSON body; an empty one is undefined. Throws `invalid` when it isn't JSON, or holds U+0000, which no text column of the
 * database can keep.
 */
export async function readJson(request: Request, maxBytes?: number): Promise<unknown> {
  const text = await readBody(request, maxBytes);
  if (text.trim() === "") return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text, refuseNull);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("invalid", "The body is not valid JSON.");
  }
  return value;
}

function refuseNull(key: string, value: unknown): unknown {
  if (key.includes("\u0000") || (typeof value === "string" && value.includes("\u0000"))) {
    throw new AppError("invalid", "The body contains the character U+0000, which can't be stored.");
  }
  return value;
}
