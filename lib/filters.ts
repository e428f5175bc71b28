import { eq, ilike, inArray, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { storableText } from "#lib/events/storable-text";

/** A text column contains what someone typed, in any case of letters; `%` and `_` stand for themselves. Nothing typed: no filter. */
export function contains(column: PgColumn, typed: string | undefined): SQL | undefined {
  if (!typed) return undefined;
  return ilike(column, `%${storableText(typed).replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
}

/** A text column is exactly this, in any case of letters. Undefined: no filter. */
export function isCalled(column: PgColumn, name: string | undefined): SQL | undefined {
  return name === undefined ? undefined : eq(sql`lower(${column})`, sql`lower(${storableText(name)})`);
}

/** The value is one of the list. Undefined or an empty list: no filter. */
export function isAmong<T extends string | number>(
  value: PgColumn | SQL<T>,
  list: readonly T[] | undefined,
): SQL | undefined {
  return list?.length ? inArray(sql`${value}`, [...list]) : undefined;
}
