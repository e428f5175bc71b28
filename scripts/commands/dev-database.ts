import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createDatabase } from "#scripts/setup/create-database";
import { tryLock } from "#scripts/setup/lock.mjs";
import { startPostgres } from "#scripts/setup/postgres";

// Serves an embedded PostgreSQL alone, for work on the code: prints the URL of its database and runs until a signal.
const { values } = parseArgs({ options: { data: { type: "string", default: ".touchline/dev-database" } } });
const folder = resolve(values.data);
mkdirSync(folder, { recursive: true });
const { holder } = tryLock(join(folder, "lock"));
if (holder !== undefined) {
  console.error(`Process ${holder} runs on ${folder} already.`);
  process.exit(1);
}
const database = await startPostgres(folder, { durable: true });
await createDatabase(database.url(), "touchline");
console.log(database.url("touchline"));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void database.stop());
console.error(`PostgreSQL ${await database.ended}`);
