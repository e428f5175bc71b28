import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/context";

/** Has the engine look, once this commits, when the next paused alert is due. */
export async function wakePaused(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_notify('touchline_engine', 'open-paused')`);
}
