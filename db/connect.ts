import { drizzle } from "drizzle-orm/postgres-js";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";

export type Sql = postgres.Sql;
export type Database = PostgresJsDatabase & { $client: Sql };

export type ConnectOptions = { max?: number; applicationName?: string };

/** Opens a pool. Scripts and tests use it directly; the server goes through db/client. The caller ends it (`$client.end()`). */
export function connect(url: string, options: ConnectOptions = {}): Database {
  const sql = postgres(url, {
    max: options.max ?? 10,
    connection: { application_name: options.applicationName ?? "touchline", TimeZone: "UTC" },
    onnotice: () => undefined,
  });
  return drizzle(sql);
}
