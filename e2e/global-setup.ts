import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTemplate, createTestDatabase, dropTestDatabase } from "#lib/testing/test-database";
import { buildIfStale } from "#scripts/setup/build";
import type { Ready } from "#scripts/setup/credentials";
import { readySchema } from "#scripts/setup/credentials";
import { freePort } from "#scripts/setup/free-port";
import { prepareDatabase } from "#scripts/setup/prepare-database";
import { writePrivateJson } from "#scripts/setup/private-file";
import { startServer } from "#scripts/setup/server";
import { startThrowAwayPostgres } from "#scripts/setup/throw-away-postgres";

const SECRET = "a secret of the tests, 32 or longer";

/**
 * Serves the production build with the demo organisation on a database and port of its own. Its address and keys are
 * in the file that E2E_READY names; see fixtures.ts. Answers how to take all of it down again. A server that runs already is
 * tested instead when E2E_READY names its ready.json and TOUCHLINE_SECRET is its secret.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  if (process.env.E2E_READY) return useRunning(process.env.E2E_READY);
  const folder = mkdtempSync(join(tmpdir(), "touchline-e2e-"));
  const cleanups = [async () => rmSync(folder, { recursive: true, force: true })];
  const tearDown = async () => {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  };
  try {
    await serve(folder, cleanups);
  } catch (error) {
    await tearDown();
    throw error;
  }
  return tearDown;
}

async function serve(folder: string, cleanups: (() => Promise<void>)[]): Promise<void> {
  await buildIfStale();
  const given = process.env.TEST_DATABASE_URL;
  const postgres = given ? undefined : await startThrowAwayPostgres();
  if (postgres !== undefined) cleanups.push(postgres.stop);
  const adminUrl = given || postgres?.url() || "";
  const template = await createTemplate(adminUrl);
  cleanups.push(() => dropTestDatabase(adminUrl, template));
  // For the tests that need a server of their own.
  process.env.E2E_ADMIN_URL = adminUrl;
  process.env.E2E_TEMPLATE = template;
  const database = await createTestDatabase(adminUrl, template);
  cleanups.push(database.drop);

  const credentialsFile = join(folder, "credentials.json");
  const { credentials } = await prepareDatabase(
    { url: database.url, credentialsFile, seeded: () => undefined },
    { seed: "demo", secret: SECRET },
  );
  if (credentials === undefined) throw new Error("The demo organisation was not created.");

  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const logs = join(import.meta.dirname, "..", "test-results");
  mkdirSync(logs, { recursive: true });
  const server = await startServer({
    port,
    host: "127.0.0.1",
    publicUrl: url,
    databaseUrl: database.url,
    secret: SECRET,
    dev: false,
    folder,
    logFile: join(logs, "server.log"),
  });
  cleanups.push(server.stop);

  const ready: Ready = { url, databaseUrl: database.url, ...credentials };
  writePrivateJson(join(folder, "ready.json"), ready);
  process.env.E2E_READY = join(folder, "ready.json");
  process.env.E2E_SERVER_LOG = join(logs, "server.log");
  process.env.TOUCHLINE_SECRET = SECRET;
  describeToWorkers(ready);
}

async function useRunning(file: string): Promise<() => Promise<void>> {
  describeToWorkers(readySchema.parse(JSON.parse(readFileSync(file, "utf8"))));
  return () => Promise.resolve();
}

/** Workers inherit the environment; the product's session code reads the rest of its settings from there. */
function describeToWorkers({ url, databaseUrl }: Ready): void {
  process.env.E2E_URL = url;
  process.env.TOUCHLINE_URL = url;
  process.env.DATABASE_URL = databaseUrl;
}
