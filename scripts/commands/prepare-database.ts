import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { migrate } from "#db/migrate";
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
  const seed = await loadSeed(values.seed);
  writePrivateJson(values.credentials, await seed(url, { password, now: new Date() }));
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

/** Loaded only when it is needed: every start but the first goes without. */
async function loadSeed(name: string) {
  if (name === "empty") return (await import("#db/seed/empty")).seedEmpty;
  return (await import("#db/seed/demo")).seedDemo;
}
