import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";

/**
 * That facts with these columns were open at some moment of a span. Beside the exact conditions of a query: it is what the index of the
 * spans of major incidents answers, so that those of other years are not read.
 */
export function openWithin(createdAt: SQL, resolvedAt: SQL, from: SQL, to: SQL): SQL {
  return sql`tstzrange(${createdAt}, greatest(${createdAt}, coalesce(${resolvedAt}, 'infinity')), '[]')
    && tstzrange(${from}, greatest(${from}, ${to}), '[]')`;
}
