import { fileURLToPath } from "node:url";
import { migrate as apply } from "drizzle-orm/postgres-js/migrator";
import { connect } from "#db/connect";

const FOLDER = fileURLToPath(new URL("./migrations", import.meta.url));
// Any constant will do; it names the lock that keeps two starting replicas from migrating at once.
const LOCK = 7_243_001;

/**
 * Brings the database to the schema of this release and makes the inbox partitions of the coming days. Safe to run from many
 * processes at once. Throws when PostgreSQL is older than 15 or a migration fails (nothing is half applied: one transaction).
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const db = connect(databaseUrl, { max: 1, applicationName: "touchline-migrate" });
  const sql = db.$client;
  try {
    const [server] = await sql<
      { version: number }[]
    >`select current_setting('server_version_num')::int as version`;
    if (server && server.version < 150_000) {
      throw new Error(
        `PostgreSQL 15 or later is needed; this server is version ${Math.floor(server.version / 10_000)}.`,
      );
    }
    await sql`select pg_advisory_lock(${LOCK})`;
    await apply(db, { migrationsFolder: FOLDER });
    await sql`select ensure_inbox_partitions((now() at time zone 'UTC')::date, 8)`;
    await sql`select pg_advisory_unlock(${LOCK})`;
  } finally {
    await sql.end();
  }
}
