import { createHash } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { createDatabase, dropDatabase } from "#scripts/setup/create-database";
import { startPostgres } from "#scripts/setup/postgres";
import { writePrivateFile } from "#scripts/setup/private-file";

const DATABASE = "touchline";
const OLDEST_VERSION = 15;

export type AppDatabase = {
  url: string;
  /** For the progress line. */
  description: string;
  /** Where the keys and passwords that a seed made for this very database are kept. */
  credentialsFile: string;
  /** To be called once those are written: only then the seed counts as done. */
  seeded: () => void;
  /** Undefined when it runs elsewhere. */
  pid: number | undefined;
  /** Resolves with how it ended; never for a database that runs elsewhere. */
  ended: Promise<string>;
  stop: () => Promise<void>;
};

/** The database of DATABASE_URL, or else the embedded one of the data folder. */
export async function openAppDatabase(folder: string, databaseUrl: string | undefined): Promise<AppDatabase> {
  return databaseUrl ? openExternal(folder, databaseUrl) : openEmbedded(folder);
}

async function openExternal(folder: string, url: string): Promise<AppDatabase> {
  const version = await serverVersion(url);
  if (Number.parseInt(version, 10) < OLDEST_VERSION) {
    throw new Error(
      `DATABASE_URL names a PostgreSQL ${version}; Touchline needs ${OLDEST_VERSION} or later.`,
    );
  }
  const { host, pathname } = new URL(url);
  const key = createHash("sha256").update(`${host}${pathname}`).digest("hex").slice(0, 8);
  return {
    url,
    description: `PostgreSQL ${version} of DATABASE_URL (${host}${pathname})`,
    credentialsFile: join(folder, `credentials-${key}.json`),
    seeded: () => undefined,
    pid: undefined,
    ended: new Promise(() => undefined),
    stop: () => Promise.resolve(),
  };
}

async function openEmbedded(folder: string): Promise<AppDatabase> {
  const server = await startPostgres(folder, { durable: true });
  const mark = join(folder, "seeding");
  const credentialsFile = join(folder, "credentials.json");
  try {
    const url = server.url(DATABASE);
    // A seed that was interrupted before its keys were kept left a database that nobody can sign in to, or ever has.
    if (existsSync(mark) && !existsSync(credentialsFile)) await dropDatabase(server.url(), DATABASE);
    await createDatabase(server.url(), DATABASE, () => writePrivateFile(mark, ""));
    const description = `embedded PostgreSQL ${await serverVersion(url)} on port ${new URL(url).port}`;
    const seeded = () => rmSync(mark, { force: true });
    return { ...server, url, description, credentialsFile, seeded };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function serverVersion(url: string): Promise<string> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => undefined });
  try {
    const [row] = await sql<{ server_version: string }[]>`show server_version`;
    return row?.server_version.split(" ")[0] ?? "";
  } catch (error) {
    const reason = error instanceof Error ? error.message || error.name : String(error);
    throw new Error(`The database cannot be reached: ${reason}`, { cause: error });
  } finally {
    await sql.end({ timeout: 1 });
  }
}
