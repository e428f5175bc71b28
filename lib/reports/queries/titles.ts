import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/context";
import type { Titles } from "#lib/reports/duration-summary";

/** The incidents of these numbers. */
export async function readTitles(tx: Transaction, numbers: readonly number[]): Promise<Titles> {
  if (numbers.length === 0) return new Map();
  const rows = await tx.execute<{ number: number; id: string; title: string }>(sql`
    select number, id, title from incidents where number = any(${sql.param([...new Set(numbers)])}::int[])`);
  return new Map(rows.map(({ number, ...incident }) => [number, incident]));
}
