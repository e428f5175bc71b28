import { simpleParser } from "mailparser";
import type { ParsedMail } from "mailparser";

/**
 * What is turned into text of a mail that comes as HTML alone: it takes the process's time, during which nobody is paged. Mail of people and
 * monitors is far below.
 */
const MOST_HTML = 256_000;
const MOST_HEADERS_BYTES = 128_000;

/** A mail as it came (MIME), within bounds of time; of HTML that is too large its text says so. Null: it can't be read, and never will. */
export async function parseMail(message: Buffer): Promise<ParsedMail | null> {
  const parsed = await simpleParser(message, {
    keepDeliveryStatus: true,
    skipImageLinks: true,
    skipTextToHtml: true,
    maxHtmlLengthToParse: MOST_HTML,
    maxHeadSize: MOST_HEADERS_BYTES,
  }).catch(() => null);
  if (parsed === null) return null;
  if (parsed.text?.trim() || !parsed.textConversionError) return parsed;
  return { ...parsed, text: "(The mail has no text, and its HTML is too large to be read.)" };
}
