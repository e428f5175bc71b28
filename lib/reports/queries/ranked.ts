import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Transaction } from "#lib/context";

/** A duration in milliseconds, how many have one, and which of them are wanted in ascending order: 1 is the shortest. */
export type Ranked = { value: SQL; n: number; ranks: readonly number[] };

/** The wanted values in the order of their ranks. */
type Found = { values: number[]; mean: number | null };

/**
 * The wanted values of several durations and the mean of each, in one pass: each is sorted once, whatever is asked of it. `from` is
 * `from … where …`. Of a duration that nobody has there are no values.
 */
export async function readRanked(tx: Transaction, from: SQL, durations: readonly Ranked[]): Promise<Found[]> {
  if (durations.length === 0) return [];
  const columns = durations.map(({ value, n, ranks }, place) => {
    // The value at a share is the first whose rank is no less than share times n.
    const shares = `{${ranks.map((rank) => (rank - 0.5) / Math.max(1, n)).join(",")}}`;
    return sql`percentile_disc(${shares}::float8[]) within group (order by ${value})::float8[] as ${sql.raw(`values_${place}`)},
      avg(${value})::float8 as ${sql.raw(`mean_${place}`)}`;
  });
  const [row = {}] = await tx.execute<Record<string, unknown>>(
    sql`select ${sql.join(columns, sql`, `)} ${from}`,
  );
  return durations.map((_, place) => ({
    values: (row[`values_${place}`] ?? []) as number[],
    mean: (row[`mean_${place}`] ?? null) as number | null,
  }));
}
