import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createTemplate, createTestDatabase } from "#lib/testing/test-database";
import type { TestDatabase } from "#lib/testing/test-database";
import { buildIfStale } from "#scripts/setup/build";
import { freePort } from "#scripts/setup/free-port";
import { step } from "#scripts/setup/progress";
import { lastLines, startServer } from "#scripts/setup/server";
import { stopSignal } from "#scripts/setup/stop-signal";
import { startThrowAwayPostgres } from "#scripts/setup/throw-away-postgres";

const LOOK_EVERY_MS = 25;
/** What the servers encrypt with, for who writes secrets into their database. */
export const ACCEPTANCE_SECRET = "the secret of an acceptance run, kept by nobody";

export type Stage = {
  database: TestDatabase;
  /** A folder of its own, gone afterwards. */
  folder: string;
  signal: AbortSignal;
  /** Does something at the end, last come, first served. */
  finally: (cleanup: () => Promise<void> | void) => void;
  /** Starts a production server on the database; answers its address. */
  serve: (env?: Record<string, string>) => Promise<string>;
  /** As `serve`, for a server that may be killed: answers its process too. */
  start: (env?: Record<string, string>) => Promise<{ url: string; pid: number; ended: Promise<string> }>;
  /** Says a fact and whether it is as it should be. */
  check: (isTrue: boolean, sentence: string) => void;
  /** Waits until `look` gives something; undefined when it has not within `limit` milliseconds. */
  waitFor: <T>(look: () => Promise<T | undefined> | T | undefined, limit: number) => Promise<T | undefined>;
};

/**
 * Gives `play` an empty database whose clock can be moved, and production servers on it; takes everything down again and ends with
 * exit code 1 when a check failed.
 */
export async function onStage(title: string, play: (stage: Stage) => Promise<void>): Promise<void> {
  console.log(`${title}\n`);
  const signal = stopSignal();
  const cleanups: (() => Promise<void> | void)[] = [];
  const faults: string[] = [];
  const check = (isTrue: boolean, sentence: string) => {
    console.log(`  ${isTrue ? "✓" : "✗"} ${sentence}`);
    if (!isTrue) faults.push(sentence);
  };
  try {
    await play(await setUp(signal, cleanups, check));
  } catch (error) {
    faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    console.error(`\n${faults.at(-1)}`);
  }
  // A cleanup may wait for a server that is just starting, which brings its own.
  for (let cleanup = cleanups.pop(); cleanup; cleanup = cleanups.pop()) await cleanup();
  console.log(faults.length === 0 ? "\nAs it should be." : `\n${faults.length} not as it should be.`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

async function setUp(
  signal: AbortSignal,
  cleanups: (() => Promise<void> | void)[],
  check: Stage["check"],
): Promise<Stage> {
  await step(
    "Production build",
    () => buildIfStale(signal),
    (result) => result,
  );
  const postgres = await step("Throw-away database", startThrowAwayPostgres);
  cleanups.push(postgres.stop);
  const database = await createTestDatabase(postgres.url(), await createTemplate(postgres.url()));
  cleanups.push(database.drop);
  const folder = mkdtempSync(join(tmpdir(), "touchline-acceptance-"));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const start: Stage["start"] = async (env = {}) => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const logFile = join(folder, `server-${port}.log`);
    const server = await startServer(
      {
        port,
        host: "127.0.0.1",
        databaseUrl: database.url,
        secret: ACCEPTANCE_SECRET,
        publicUrl: url,
        dev: false,
        folder,
        logFile,
        env: { LOG_LEVEL: "warn", ...env },
      },
      signal,
    );
    cleanups.push(async () => {
      await server.stop();
      const lines = lastLines(logFile);
      if (/"level":"(error|fatal)"/.test(lines)) check(false, `the server logged errors.${lines}`);
    });
    return { url, pid: server.pid, ended: server.ended };
  };
  return {
    database,
    folder,
    signal,
    check,
    finally: (cleanup) => cleanups.push(cleanup),
    start,
    serve: async (env) => (await start(env)).url,
    waitFor: async (look, limit) => {
      const deadline = Date.now() + limit;
      for (;;) {
        const found = await look();
        if (found !== undefined || Date.now() > deadline) return found;
        await delay(LOOK_EVERY_MS, undefined, { signal });
      }
    },
  };
}

/** Sends an event as a monitor does; answers when it was accepted, in this machine's milliseconds. */
export async function sendEvent(url: string, event: Record<string, unknown>): Promise<number> {
  const response = await fetch(`${url}/v2/enqueue`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(event),
  });
  const body = await response.text();
  if (response.status !== 202) throw new Error(`The event was answered ${response.status}: ${body}`);
  return Date.now();
}
