import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { migrate } from "#db/migrate";
import { credentialsSchema } from "#scripts/setup/credentials";
import { writePrivateJson } from "#scripts/setup/private-file";

// Migrates the database of DATABASE_URL and, if nobody is in it yet, seeds it and writes what can be read only now,
// its keys and passwords, into the credentials file.
const { values } = parseArgs({
  options: { seed: { type: "string", default: "demo" }, credentials: { type: "string" } },
});
const url = process.env.DATABASE_URL;
if (!url) throw new Error("DATABASE_URL is not set.");

await migrate(url);
if (values.credentials !== undefined && (await isEmpty(url))) {
  const password = randomBytes(9).toString("base64url");
  const credentials = await seed(url, { password, now: new Date() });
  writePrivateJson(values.credentials, credentialsSchema.parse(credentials));
  console.log("seeded");
} else console.log("migrated");

async function isEmpty(databaseUrl: string): Promise<boolean> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    const [row] = await sql<{ empty: boolean }[]>`select not exists (select from users) as empty`;
    return row?.empty ?? false;
  } finally {
    await sql.end();
  }
}

async function seed(databaseUrl: string, options: { password: string; now: Date }): Promise<unknown> {
  const seeds: Record<string, unknown> = await import(
    values.seed === "empty" ? import.meta.resolve("#db/seed/empty") : import.meta.resolve("#db/seed/demo")
  );
  const [run] = Object.values(seeds).filter((value) => typeof value === "function");
  return run?.(databaseUrl, options);
}
