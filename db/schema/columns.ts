import { sql } from "drizzle-orm";
import { check, text, timestamp } from "drizzle-orm/pg-core";
import type { AnyPgColumn } from "drizzle-orm/pg-core";

/** An opaque public id: 14 of [A-Z0-9], a letter first, sorting by creation. */
export const id = (name = "id") => text(name);

/** An instant to the millisecond, so that it survives the way through JavaScript unchanged. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

/** A check that a text column holds one of the listed words. */
export function oneOf(name: string, column: AnyPgColumn, words: readonly string[]) {
  return check(name, sql`${column} in (${listOf(words)})`);
}

/** Words as a list of SQL literals. */
export function listOf(words: readonly string[]) {
  return sql.raw(words.map((word) => `'${word.replaceAll("'", "''")}'`).join(", "));
}
