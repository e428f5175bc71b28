import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Sql } from "#db/connect";
import { createTemplate, createTestDatabase } from "#lib/testing/test-database";
import type { TestDatabase } from "#lib/testing/test-database";
import { makePagedServices } from "#scripts/bench/services";
import type { Load } from "#scripts/bench/load";
import { sendEvents, sendGets } from "#scripts/bench/load";
import { startBareServer } from "#scripts/bench/bare-server";
import { buildIfStale } from "#scripts/setup/build";
import { freePort } from "#scripts/setup/free-port";
import { step } from "#scripts/setup/progress";
import { startServer } from "#scripts/setup/server";
import { stopSignal } from "#scripts/setup/stop-signal";
import { startThrowAwayPostgres } from "#scripts/setup/throw-away-postgres";

export const INTAKE_USAGE = `npm run bench -- intake

Measures durable intake (POST /v2/enqueue) of the production server against its own router and a bare Node server.`;

const SERVICES = 16;
/** The three are measured in turns: what else the machine does then falls on all of them. */
const ROUNDS = 5;
const SECONDS = 2;
const LOOK_EVERY_MS = 200;
/** What the intake is held to: so many times the router's no-operation handler, and this share of a bare server. */
const TIMES_ROUTER = 5;
const SHARE_OF_BARE = 0.7;

type Round = { router: Load; intake: Load; bare: Load; backlog: Backlog };
/** What the engine had still to do when the load ended, and how fast it did it. */
type Backlog = { events: number; perSecond: number };
type Bench = {
  ours: TestDatabase;
  /** The bare server's own, so that no engine works on what it writes. */
  theirs: TestDatabase;
  folder: string;
  keys: readonly string[];
  signal: AbortSignal;
};

/** Measures on a throw-away, durable database and prints the result; answers the exit code. */
export async function benchIntake(): Promise<number> {
  const signal = stopSignal();
  const cleanups: (() => Promise<void> | void)[] = [];
  try {
    await step(
      "Production build",
      () => buildIfStale(signal),
      (result) => result,
    );
    const postgres = await step("Durable database", () => startThrowAwayPostgres({ durable: true }));
    cleanups.push(postgres.stop);
    const template = await createTemplate(postgres.url());
    const ours = await createTestDatabase(postgres.url(), template);
    const theirs = await createTestDatabase(postgres.url(), template);
    cleanups.push(ours.drop, theirs.drop);
    const folder = mkdtempSync(join(tmpdir(), "touchline-bench-"));
    cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
    const keys = await makePagedServices(ours.db, SERVICES);
    const rounds = await measure({ ours, theirs, folder, keys, signal }, cleanups);
    const lost = await Promise.all([
      countLost(
        ours.sql,
        rounds.flatMap(({ intake }) => intake.accepted),
      ),
      countLost(
        theirs.sql,
        rounds.flatMap(({ bare }) => bare.accepted),
      ),
    ]);
    return conclude(rounds, lost[0] + lost[1]);
  } finally {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  }
}

async function measure(target: Bench, cleanups: (() => Promise<void> | void)[]): Promise<Round[]> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const server = await step("Production server, in all roles", () => startTouchline(target, port, origin));
  cleanups.push(server.stop);
  const bare = await step("Bare server", () => startBareServer(target.theirs.url));
  cleanups.push(bare.stop);
  const { keys } = target;
  const round = async (name: string): Promise<Round> => {
    const router = await sendGets({ url: `${origin}/api/live`, pid: server.pid }, SECONDS);
    const bareLoad = await sendEvents(bare, keys, `bare-${name}`, SECONDS);
    const events = { url: `${origin}/v2/enqueue`, pid: server.pid };
    const intake = await sendEvents(events, keys, `intake-${name}`, SECONDS);
    const backlog = await finishBacklog(target);
    return { router, bare: bareLoad, intake, backlog };
  };
  await step("Warm-up", () => round("warm-up"));
  const rounds: Round[] = [];
  for (let number = 1; number <= ROUNDS; number += 1) {
    target.signal.throwIfAborted();
    rounds.push(await step(`Round ${number} of ${ROUNDS}`, () => round(String(number)), roundText));
  }
  return rounds;
}

/** Leaves the engine nothing to do, so that it doesn't slow what is measured next: waits for the events, and drops the sends. */
async function finishBacklog({ ours, signal }: Bench): Promise<Backlog> {
  const started = performance.now();
  let first: number | null = null;
  for (;;) {
    const [row] = await ours.sql<{ n: number }[]>`
      select count(*)::int as n from inbox where processed_at is null`;
    const left = row?.n ?? 0;
    first ??= left;
    if (left === 0) {
      const perSecond = first / ((performance.now() - started) / 1000);
      await ours.sql`update deliveries set state = 'cancelled' where state in ('queued', 'retrying')`;
      return { events: first, perSecond };
    }
    await delay(LOOK_EVERY_MS, undefined, { signal });
  }
}

function startTouchline(target: Bench, port: number, origin: string) {
  return startServer(
    {
      port,
      host: "127.0.0.1",
      databaseUrl: target.ours.url,
      secret: "the secret of a benchmark, which nobody needs to keep",
      publicUrl: origin,
      dev: false,
      folder: target.folder,
      logFile: join(target.folder, "server.log"),
      env: { LOG_LEVEL: "warn", TOUCHLINE_ROLE: "all", INTAKE_LIMIT_PER_MINUTE: "100000000" },
    },
    target.signal,
  );
}

function roundText({ router, intake, bare, backlog }: Round): string {
  const rate = (load: { perSecond: number }) => load.perSecond.toFixed(0);
  return `intake ${rate(intake)}, router ${rate(router)}, bare ${rate(bare)} per second; then ${backlog.events} incidents at ${rate(backlog)} per second`;
}

/** Events that were answered with success and are not in the inbox. */
async function countLost(sql: Sql, keys: readonly string[]): Promise<number> {
  const accepted = JSON.stringify(keys);
  const [row] = await sql<{ lost: number }[]>`
    select count(*)::int as lost
    from (
      select key from json_array_elements_text(${accepted}::text::json) as k (key)
      except select dedup_key from inbox
    ) as missing`;
  return row?.lost ?? Number.NaN;
}

function conclude(rounds: readonly Round[], lost: number): number {
  const timesRouter = spread(rounds.map(({ intake, router }) => intake.perSecond / router.perSecond));
  const shareOfBare = spread(rounds.map(({ intake, bare }) => intake.perSecond / bare.perSecond));
  const accepted = rounds.reduce(
    (sum, { intake, bare }) => sum + intake.accepted.length + bare.accepted.length,
    0,
  );
  console.log(
    [
      "",
      ["".padEnd(40), "per s", "p50 ms", "p99 ms", "cpu ms", "refused"]
        .map((word) => word.padStart(8))
        .join(" "),
      tableRow(
        "Touchline, durable, engine at work",
        rounds.map(({ intake }) => intake),
      ),
      tableRow(
        "its router, GET that does nothing",
        rounds.map(({ router }) => router),
      ),
      tableRow(
        "bare Node server, same durable inserts",
        rounds.map(({ bare }) => bare),
      ),
      "",
      `${spreadText(timesRouter, 1)} × the router (held to ${TIMES_ROUTER})`,
      `${spreadText(shareOfBare, 2)} × the bare server (held to ${SHARE_OF_BARE})`,
      `${accepted} events answered with success, ${lost} of them not in the inbox`,
    ].join("\n"),
  );
  return timesRouter.median >= TIMES_ROUTER && shareOfBare.median >= SHARE_OF_BARE && lost === 0 ? 0 : 1;
}

type Spread = { median: number; least: number; most: number };

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return { median: at(Math.floor(sorted.length / 2)), least: at(0), most: at(sorted.length - 1) };
}

function spreadText({ median, least, most }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
}

function tableRow(name: string, loads: readonly Load[]): string {
  const median = (of: (load: Load) => number) => spread(loads.map(of)).median;
  const refused = loads.reduce((sum, load) => sum + load.refused, 0);
  const numbers = [median((load) => load.perSecond), median((load) => load.p50), median((load) => load.p99)];
  const processor = median((load) => load.processorMs).toFixed(2);
  return [name.padEnd(40), ...numbers.map((number) => number.toFixed(0)), processor, String(refused)]
    .map((word) => word.padStart(8))
    .join(" ");
}
