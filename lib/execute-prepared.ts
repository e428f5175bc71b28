import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type { Transaction } from "#lib/context";

const dialect = new PgDialect();

/**
 * Runs a statement whose text is always the same as one that its connection keeps planned. For large statements on the paging path: the
 * planner takes longer over them than they take to run. Answers the rows.
 */
export async function executePrepared<T>(tx: Transaction, name: string, statement: SQL): Promise<T[]> {
  const query = tx._.session.prepareQuery(dialect.sqlToQuery(statement), undefined, name, false);
  return (await query.execute()) as T[];
}
