import { ilike } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/** Whether a text column contains what someone typed, in any case of letters; `%` and `_` stand for themselves. */
export function contains(column: PgColumn, typed: string): SQL {
  return ilike(column, `%${typed.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
}
