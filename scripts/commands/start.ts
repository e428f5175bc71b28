import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { migrate } from "#db/migrate";
import { readEnv } from "#lib/env";
import { buildIfStale } from "#scripts/setup/build";
import { step } from "#scripts/setup/progress";
import { root } from "#scripts/setup/root";

// The production entry: migrates DATABASE_URL, then becomes the server. No embedded database, no demo data.
if (existsSync(join(root, ".env"))) process.loadEnvFile(join(root, ".env"));
Object.assign(process.env, { NODE_ENV: "production" });
try {
  const { databaseUrl } = readEnv(process.env);
  await step("Schema", () => migrate(databaseUrl));
  await step(
    "Production build",
    () => buildIfStale(),
    (result) => result,
  );
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
await import(pathToFileURL(join(root, "server.ts")).href);
