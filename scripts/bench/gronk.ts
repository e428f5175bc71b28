import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createTemplate, createTestDatabase } from "#lib/testing/test-database";
import type { TestDatabase } from "#lib/testing/test-database";
import { makePagedServices } from "#scripts/bench/services";
import { readLateness, readLedger, recordPageCommits } from "#scripts/bench/gronk/ledger";
import { watchPeaks } from "#scripts/bench/gronk/peaks";
import { concludeGronk } from "#scripts/bench/gronk/report";
import type { GronkReport } from "#scripts/bench/gronk/report";
import { sendAtRate } from "#scripts/bench/gronk/send";
import type { Sent } from "#scripts/bench/gronk/send";
import { newRunaway, newTraffic } from "#scripts/bench/gronk/traffic";
import type { TrafficEvent } from "#scripts/bench/gronk/traffic";
import { buildIfStale } from "#scripts/setup/build";
import { freePort } from "#scripts/setup/free-port";
import { step } from "#scripts/setup/progress";
import { startServer } from "#scripts/setup/server";
import { stopSignal } from "#scripts/setup/stop-signal";
import { startThrowAwayPostgres } from "#scripts/setup/throw-away-postgres";

export const GRONK_USAGE = `npm run bench -- gronk

Plays a game day on the production server: base load, then ten times that within a second for a minute, one key running wild.`;

const SERVICES = 40;
const SEED = 7;
const BASE_PER_SECOND = 200;
const BASE_SECONDS = 20;
/** Three tenths of the spike are one key that runs wild. */
const SPIKE_PER_SECOND = 10 * BASE_PER_SECOND;
const SPIKE_SECONDS = 60;
const WILD_SHARE = 0.3;
/** The wild key alone exceeds this, so what it says too much is stored together. */
const LIMIT_PER_MINUTE = 20_000;
const WARM_UP_SECONDS = 5;
const PATIENCE_MS = 120_000;

type Game = {
  database: TestDatabase;
  url: string;
  keys: readonly string[];
  pids: { app: number; postgres: number };
  signal: AbortSignal;
};

/** Plays it on a throw-away, durable database and prints the result; answers the exit code. */
export async function benchGronk(): Promise<number> {
  const signal = stopSignal();
  const cleanups: (() => Promise<void> | void)[] = [];
  try {
    await step("Production build", () => buildIfStale(signal));
    const postgres = await step("Durable database", () => startThrowAwayPostgres({ durable: true }));
    cleanups.push(postgres.stop);
    const database = await createTestDatabase(postgres.url(), await createTemplate(postgres.url()), {
      // What watches must not count much itself.
      connections: 2,
    });
    cleanups.push(database.drop);
    await recordPageCommits(database.sql);
    const folder = mkdtempSync(join(tmpdir(), "touchline-gronk-"));
    cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
    const keys = await makePagedServices(database.db, SERVICES);
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const server = await step("Production server", () => start(database, port, origin, folder, signal));
    cleanups.push(server.stop);
    const pids = { app: server.pid, postgres: postgres.pid };
    return concludeGronk(await play({ database, url: `${origin}/v2/enqueue`, keys, pids, signal }));
  } finally {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  }
}

function start(database: TestDatabase, port: number, origin: string, folder: string, signal: AbortSignal) {
  return startServer(
    {
      port,
      host: "127.0.0.1",
      databaseUrl: database.url,
      secret: "the secret of a benchmark, which nobody needs to keep",
      publicUrl: origin,
      dev: false,
      folder,
      logFile: join(folder, "server.log"),
      env: { LOG_LEVEL: "warn", INTAKE_LIMIT_PER_MINUTE: String(LIMIT_PER_MINUTE) },
    },
    signal,
  );
}

async function play({ database, url, keys, pids, signal }: Game): Promise<GronkReport> {
  const next = newTraffic(keys.slice(1), "game", SEED);
  const wild = newRunaway(keys[0] ?? "", "game");
  const send = (of: () => TrafficEvent, perSecond: number, seconds: number) =>
    sendAtRate({ url, next: of, perSecond, seconds });
  const warmUp = await step("Warm-up", () => send(next, BASE_PER_SECOND, WARM_UP_SECONDS));
  await untilDrained(database, signal);
  const watching = watchPeaks(database.sql, pids);
  const base = await timed(database, "base load", async () => [
    await send(next, BASE_PER_SECOND, BASE_SECONDS),
  ]);
  const spike = await timed(database, "spike", () =>
    Promise.all([
      send(next, SPIKE_PER_SECOND * (1 - WILD_SHARE), SPIKE_SECONDS),
      send(wild, SPIKE_PER_SECOND * WILD_SHARE, SPIKE_SECONDS),
    ]),
  );
  const ended = performance.now();
  const doneAt = await step("The rest of the events", () => untilDrained(database, signal));
  const drainSeconds = Math.max(0, doneAt - ended) / 1000;
  const peak = await watching.stop();
  const sent = [warmUp, ...base.sent, ...spike.sent];
  const lateness = (stretch: Stretch) => readLateness(database.sql, stretch.from, stretch.to);
  return {
    phases: [
      { ...base, lateness: await lateness(base) },
      { ...spike, lateness: await lateness(spike) },
    ],
    accepted: sent.reduce((sum, { accepted }) => sum + accepted, 0),
    unanswered: sent.reduce((sum, { unanswered }) => sum + unanswered, 0),
    peak,
    drainSeconds,
    ledger: await readLedger(database.sql),
  };
}

type Stretch = { name: string; sent: Sent[]; from: Date; to: Date };

async function timed(database: TestDatabase, name: string, send: () => Promise<Sent[]>): Promise<Stretch> {
  const from = await database.now();
  const sent = await step(`The ${name}`, send);
  return { name, sent, from, to: await database.now() };
}

/** Waits until nothing is left to do and nothing can come any more; answers when the last was done, by this process's clock. */
async function untilDrained({ sql }: TestDatabase, signal: AbortSignal): Promise<number> {
  const until = performance.now() + PATIENCE_MS;
  let doneAt = performance.now();
  for (;;) {
    // What a key sent beyond its limit is stored up to a second later.
    const [row] = await sql<{ left: number; coming: number }[]>`
      select count(*) filter (where processed_at is null)::int as left,
        count(*) filter (where received_at > now() - interval '2 seconds')::int as coming
      from inbox where processed_at is null or received_at > now() - interval '2 seconds'`;
    if (row?.left !== 0) doneAt = performance.now();
    if ((row?.left === 0 && row.coming === 0) || performance.now() > until) return doneAt;
    await delay(100, undefined, { signal });
  }
}
