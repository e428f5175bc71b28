import { AppError } from "#lib/errors";
import { isStorableText } from "#lib/events/storable-text";

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

/** Reads a JSON body; an empty one is undefined. Throws as `readBody` and `parseJson`. */
export async function readJson(request: Request, maxBytes?: number): Promise<unknown> {
  const text = await readBody(request, maxBytes);
  return text.trim() === "" ? undefined : parseJson(text);
}

/** Throws `invalid` for what isn't JSON, and for text that the database can't keep: U+0000 and halves of surrogate pairs. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, refuseUnstorable) as unknown;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("invalid", "The body is not valid JSON.");
  }
}

function refuseUnstorable(key: string, value: unknown): unknown {
  if (!isStorableText(key) || (typeof value === "string" && !isStorableText(value))) {
    throw new AppError(
      "invalid",
      "The body contains U+0000 or half a surrogate pair, which can't be stored.",
    );
  }
  return value;
}
