import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sql } from "#db/connect";
import { createTemplate, createTestDatabase } from "#lib/testing/test-database";
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
/** What the intake is held to: so many times the router's no-operation handler, and this share of a bare server. */
const TIMES_ROUTER = 5;
const SHARE_OF_BARE = 0.7;

/** Runs the three measurements on a throw-away, durable database and prints them; answers the exit code. */
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
    const { url, db, sql, drop } = await createTestDatabase(
      postgres.url(),
      await createTemplate(postgres.url()),
    );
    cleanups.push(drop);
    const keys = await makePagedServices(db, SERVICES);
    const folder = mkdtempSync(join(tmpdir(), "touchline-bench-"));
    cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
    const [router, intake] = await measureServer({ databaseUrl: url, folder, keys, signal });
    const bare = await measureBare({ databaseUrl: url, folder, keys });
    const lost = await countLost(sql, [intake, bare]);
    return conclude({ router, intake, bare, lost });
  } finally {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  }
}

async function measureServer(options: {
  databaseUrl: string;
  folder: string;
  keys: readonly string[];
  signal: AbortSignal;
}): Promise<[router: Load, intake: Load]> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const server = await step("Production server", () =>
    startServer(
      {
        port,
        host: "127.0.0.1",
        databaseUrl: options.databaseUrl,
        secret: "the secret of a benchmark, which nobody needs to keep",
        publicUrl: origin,
        dev: false,
        folder: options.folder,
        logFile: join(options.folder, "server.log"),
        env: { LOG_LEVEL: "warn", TOUCHLINE_ROLE: "all", INTAKE_LIMIT_PER_MINUTE: "100000000" },
      },
      options.signal,
    ),
  );
  try {
    const router = await step("Router: GET /api/live", () => sendGets(`${origin}/api/live`));
    const intake = await step("Touchline: POST /v2/enqueue, engine at work", () =>
      sendEvents(`${origin}/v2/enqueue`, options.keys, "intake"),
    );
    return [router, intake];
  } finally {
    await server.stop();
  }
}

async function measureBare(options: {
  databaseUrl: string;
  folder: string;
  keys: readonly string[];
}): Promise<Load> {
  const server = await startBareServer(options.databaseUrl);
  try {
    return await step("Bare Node server with the same inserts", () =>
      sendEvents(`http://127.0.0.1:${server.port}/`, options.keys, "bare"),
    );
  } finally {
    await server.stop();
  }
}

/** Events that were answered with success and are not in the inbox. */
async function countLost(sql: Sql, loads: readonly Load[]): Promise<number> {
  const accepted = JSON.stringify(loads.flatMap((load) => load.accepted));
  const [row] = await sql<{ lost: number }[]>`
    select count(*)::int as lost
    from (
      select key from json_array_elements_text(${accepted}::text::json) as k (key)
      except select dedup_key from inbox
    ) as missing`;
  return row?.lost ?? Number.NaN;
}

function conclude(result: { router: Load; intake: Load; bare: Load; lost: number }): number {
  const { router, intake, bare, lost } = result;
  const timesRouter = intake.perSecond / router.perSecond;
  const shareOfBare = intake.perSecond / bare.perSecond;
  const row = (name: string, { perSecond, p50, p99, refused }: Load) =>
    [
      name.padEnd(44),
      perSecond.toFixed(0).padStart(8),
      `${p50} ms`.padStart(8),
      `${p99} ms`.padStart(8),
      String(refused).padStart(8),
    ].join(" ");
  console.log(
    [
      "",
      `${"".padEnd(44)} ${"per s".padStart(8)} ${"p50".padStart(8)} ${"p99".padStart(8)} ${"refused".padStart(8)}`,
      row("Touchline, durable, engine at work", intake),
      row("its router, GET that does nothing", router),
      row("bare Node server, same durable inserts", bare),
      "",
      `${timesRouter.toFixed(1)} × the router (held to ${TIMES_ROUTER})`,
      `${shareOfBare.toFixed(2)} × the bare server (held to ${SHARE_OF_BARE})`,
      `${intake.accepted.length + bare.accepted.length} events answered with success, ${lost} of them not in the inbox`,
    ].join("\n"),
  );
  return timesRouter >= TIMES_ROUTER && shareOfBare >= SHARE_OF_BARE && lost === 0 ? 0 : 1;
}
