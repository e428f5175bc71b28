import { spawn, spawnSync } from "node:child_process";
import {
  chownSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "#scripts/setup/free-port";
import { decideRecovery, isPostgresOn, parsePidFile } from "#scripts/setup/orphan";
import type { PostgresBinaries } from "#scripts/setup/postgres-binaries";
import { postgresBinaries } from "#scripts/setup/postgres-binaries";
import type { PostgresFolder } from "#scripts/setup/postgres-folder";
import { openPostgresFolder } from "#scripts/setup/postgres-folder";
import { processCommand } from "#scripts/setup/process-identity.mjs";
import type { StopStep } from "#scripts/setup/subprocess";
import { ending, stopProcess } from "#scripts/setup/subprocess";

const USER = "touchline";
const START_PATIENCE = 120_000;
// Fast shutdown, immediate shutdown (recovers from its log at the next start), and what nothing survives.
const STOP_STEPS: readonly StopStep[] = [
  ["SIGINT", 30_000],
  ["SIGQUIT", 5_000],
  ["SIGKILL", 5_000],
];
// Half of PostgreSQL's default: the machine's own cache holds the rest, and `npm run up` shares a laptop with other work.
const FOR_KEEPS = ["shared_buffers=64MB"];
const FOR_THROW_AWAY = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

export interface Postgres {
  pid: number;
  /** Connection URL of one of its databases; the default one can create others. */
  url: (database?: string) => string;
  /** Resolves with how it ended, whoever ended it. */
  ended: Promise<string>;
  stop: () => Promise<void>;
}

/**
 * Starts the packaged PostgreSQL on the data folder `folder`, creating it if needed and recovering from whatever a
 * killed predecessor left. It listens on a port of the loopback address only. Not `durable` is for throw-away data.
 */
export async function startPostgres(folder: string, { durable }: { durable: boolean }): Promise<Postgres> {
  const place = openPostgresFolder(folder);
  const binaries = postgresBinaries(place.account);
  await stopOrphan(place.data);
  initialise(place, binaries);
  mkdirSync(join(folder, "logs"), { recursive: true });
  const deadline = Date.now() + START_PATIENCE;
  for (;;) {
    place.connection.port = await freePort(place.connection.port);
    const attempt = await start(place, binaries, join(folder, "logs", "postgres.log"), durable, deadline);
    if (typeof attempt !== "string") {
      place.save();
      return attempt;
    }
    const portTaken = /could not create any TCP\/IP sockets/.test(attempt);
    if (portTaken) place.connection.port = undefined;
    // After a killed postmaster its last children need a moment to notice.
    else if (!/shared memory block .* still in use/.test(attempt)) throw startFailure(attempt);
    if (Date.now() > deadline) throw startFailure(attempt);
    await delay(200);
  }
}

/** Stops a PostgreSQL that outlived a killed parent, and removes a pid file that names no running one. */
export async function stopOrphan(data: string): Promise<void> {
  const file = join(data, "postmaster.pid");
  const pidFile = existsSync(file) ? parsePidFile(readFileSync(file, "utf8")) : undefined;
  const recovery = decideRecovery(pidFile, pidFile && processCommand(pidFile.pid), isPostgresOn(data));
  if (recovery.kind === "stop-orphan") await stopProcess(recovery.pid, STOP_STEPS);
  if (recovery.kind !== "none") rmSync(file, { force: true });
}

/** Creates the data directory beside its final place, so that an interrupted attempt is never taken for a database. */
function initialise(
  { connection, location, data, account }: PostgresFolder,
  binaries: PostgresBinaries,
): void {
  if (existsSync(data)) return;
  const unfinished = `${data}.new`;
  const passwordFile = join(location, "password");
  rmSync(unfinished, { recursive: true, force: true });
  writeFileSync(passwordFile, connection.password, { mode: 0o600 });
  if (account !== undefined) chownSync(passwordFile, account.uid, account.gid);
  const create = (locale: string) =>
    spawnSync(
      binaries.initdb,
      [
        `--pgdata=${unfinished}`,
        `--username=${USER}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=icu",
        "--icu-locale=und",
        `--locale=${locale}`,
        "--lc-messages=C",
      ],
      { ...asAccount(location, account), encoding: "utf8" },
    );
  let created = create("C.UTF-8");
  if (created.status !== 0 && /invalid locale/.test(created.stderr)) created = create("C");
  rmSync(passwordFile, { force: true });
  if (created.status !== 0) {
    throw new Error(
      `PostgreSQL could not create its data directory: ${created.error?.message ?? created.stderr.trim()}`,
    );
  }
  renameSync(unfinished, data);
}

function asAccount(cwd: string, account: PostgresFolder["account"]) {
  const as = account === undefined ? {} : { uid: account.uid, gid: account.gid };
  return {
    ...as,
    cwd,
    env: { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV, LC_ALL: "C", TZ: "UTC" },
  };
}

/** One attempt: the running server, or what it wrote to its log before it ended. */
async function start(
  { connection, location, data, account }: PostgresFolder,
  binaries: PostgresBinaries,
  logFile: string,
  durable: boolean,
  deadline: number,
): Promise<Postgres | string> {
  const settings = [
    "listen_addresses=127.0.0.1",
    `port=${connection.port}`,
    "unix_socket_directories=",
    "max_connections=100",
    "timezone=UTC",
    "log_timezone=UTC",
    ...(durable ? FOR_KEEPS : FOR_THROW_AWAY),
  ];
  const log = openSync(logFile, "a");
  const logged = fstatSync(log).size;
  // Its own process group: Ctrl-C in a terminal must reach the app first, and only then its database.
  const child = spawn(binaries.postgres, ["-D", data, ...settings.flatMap((setting) => ["-c", setting])], {
    ...asAccount(location, account),
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const ended = ending(child);
  let end: string | undefined;
  void ended.then((how) => (end = how));
  const { pid } = child;
  while (end === undefined && !(pid !== undefined && isReady(data, pid))) {
    if (Date.now() > deadline && pid !== undefined) await stopProcess(pid, STOP_STEPS);
    await delay(20);
  }
  if (end !== undefined || pid === undefined) {
    return `${readFileSync(logFile).subarray(logged).toString("utf8").trim()}\nPostgreSQL ${end}`.trim();
  }
  const url = (database = "postgres") =>
    `postgres://${USER}:${connection.password}@127.0.0.1:${connection.port}/${database}`;
  const stop = async () => {
    await stopProcess(pid, STOP_STEPS);
    await ended;
  };
  return { pid, url, ended, stop };
}

/** The eighth line of postmaster.pid is the state of the server whose pid is on the first. */
function isReady(data: string, pid: number): boolean {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return false;
  const lines = readFileSync(file, "utf8").split("\n");
  return Number(lines[0]) === pid && lines[7]?.trim() === "ready";
}

function startFailure(log: string): Error {
  return new Error(`PostgreSQL did not start:\n${log.split("\n").slice(-15).join("\n")}`);
}
