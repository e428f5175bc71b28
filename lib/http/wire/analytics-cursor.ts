import { z } from "zod";
import { AppError } from "#lib/errors";
import type { RawCursor } from "#lib/reports/queries/raw-incidents";

const cursorSchema = z.tuple([z.number(), z.string().regex(/^[A-Z0-9]{1,32}$/)]);

/** Where a page ends, as an opaque text; null: there is no page. */
export function writeCursor(cursor: RawCursor | undefined): string | null {
  if (!cursor) return null;
  return Buffer.from(JSON.stringify([cursor.value, cursor.id])).toString("base64url");
}

/** The same, read back. Throws `invalid`, naming the field, for anything else. */
export function readCursor(text: string | null | undefined, field: string): RawCursor | null {
  if (text === null || text === undefined || text === "") return null;
  const parsed = cursorSchema.safeParse(parseJson(Buffer.from(text, "base64url").toString("utf8")));
  if (parsed.success) {
    const [value, id] = parsed.data;
    return { value, id };
  }
  throw new AppError("invalid", `${field} is not a cursor of this list.`, {
    fields: [{ field, message: "is not a cursor of this list" }],
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
