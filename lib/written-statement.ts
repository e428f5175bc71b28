import { sql } from "drizzle-orm";
import type { Query, SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type { Transaction } from "#lib/context";

const dialect = new PgDialect();

/** A statement whose text is always the same, with placeholders for what differs; without a name it is planned for its values each time. */
export type WrittenStatement = { name: string | undefined; query: Query };

/** Writes a statement down once; `sql.placeholder(…)` stands for each value, `opaqueList` for each list. */
export function written(statement: SQL, name?: string): WrittenStatement {
  return { name, query: dialect.sqlToQuery(statement) };
}

/**
 * Runs a statement that its connection keeps planned if it has a name. For large statements on the paging path: to write them down and to
 * plan them takes longer than to run them. Answers the rows.
 */
export async function executeWritten<T>(
  tx: Transaction,
  { name, query }: WrittenStatement,
  values: Record<string, unknown>,
): Promise<T[]> {
  return (await tx._.session.prepareQuery(query, undefined, name, false).execute(values)) as T[];
}

/**
 * A list of texts whose length the planner can't see, for `= any(…)`: it takes it for ten. It would take a plan for one id for so much
 * better than one for any number of them that it planned a prepared statement anew each time.
 */
export function opaqueList(placeholder: string): SQL {
  return sql`(select ${sql.placeholder(placeholder)}::text[])::text[]`;
}
