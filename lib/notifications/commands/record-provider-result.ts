import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";

/** Keeps a provider's health: what it took last, what it failed at, how often in a row. */
export async function recordProviderResult(
  db: Database,
  providerId: string,
  error: string | null,
): Promise<void> {
  await db.execute(
    error === null
      ? sql`update channel_providers set failures_in_row = 0, last_ok_at = now(), last_error = null where id = ${providerId}`
      : sql`update channel_providers set failures_in_row = failures_in_row + 1, last_failed_at = now(), last_error = ${error}
          where id = ${providerId}`,
  );
}
