import { z } from "zod";
import { AppError } from "#lib/errors";

/** An opaque cursor: the sort key of the last row seen. */
export function encodeCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/** The sort key of rows that are sorted by an instant and then their id. */
export const instantCursor = z.tuple([z.number().int().min(0).max(8.64e15), z.string().max(64)]);

/** The sort key inside a cursor. Throws `invalid` when it is not one of ours. */
export function decodeCursor<T>(cursor: string, key: z.ZodType<T>): T {
  try {
    return key.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    throw new AppError("invalid", "The cursor is not valid; start again without it.", {
      fields: [{ field: "cursor", message: "is not valid" }],
    });
  }
}

/** Cuts the one row that was read too many and tells whether there is more: `rows` was read with `limit + 1`. */
export function pageOf<T>(rows: readonly T[], limit: number): { rows: T[]; more: boolean } {
  return { rows: rows.slice(0, limit), more: rows.length > limit };
}
