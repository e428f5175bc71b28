import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { tryLock } from "#scripts/setup/lock.mjs";
import { decideRecovery, isServerOf } from "#scripts/setup/orphan";
import { createPassable } from "#scripts/setup/postgres-folder";
import { writePrivateFile } from "#scripts/setup/private-file";
import { processCommand } from "#scripts/setup/process-identity.mjs";
import { root } from "#scripts/setup/root";
import { SERVER_STOP_STEPS } from "#scripts/setup/server";
import { stopProcess } from "#scripts/setup/subprocess";

// A predecessor that was asked to stop a moment ago may hold the folder this long.
const LOCK_PATIENCE = 5_000;
const LARGE_LOG = 10_000_000;

/** The folder a person named, seen from where they stood when they ran npm. */
export function resolveDataFolder(
  data: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (data === undefined) return join(root, ".touchline");
  const isNpm = env.npm_lifecycle_event === "up" || env.npm_lifecycle_event === "dev";
  return resolve((isNpm && env.INIT_CWD) || process.cwd(), data);
}

/** Creates the folder and takes it for this process. Throws a sentence when another process serves from it. */
export async function takeDataFolder(folder: string): Promise<() => void> {
  try {
    createPassable(folder);
    mkdirSync(join(folder, "logs"), { recursive: true });
  } catch (error) {
    throw new Error(`The data folder ${folder} cannot be written; choose another with --data.`, {
      cause: error,
    });
  }
  for (const deadline = Date.now() + LOCK_PATIENCE; ; await delay(100)) {
    const { release, holder } = tryLock(join(folder, "lock"));
    if (release) return release;
    if (Date.now() < deadline) continue;
    throw new Error(
      `Touchline is already up on ${folder} (process ${holder}). Stop that one, or give this one another --data folder.`,
    );
  }
}

/** Removes what a killed predecessor left: its server, and the files that say it serves. */
export async function clearLeftovers(folder: string): Promise<void> {
  const pidFile = join(folder, "server.pid");
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, "utf8")) : Number.NaN;
  const found = Number.isSafeInteger(pid) && pid > 0 ? { pid } : undefined;
  const recovery = decideRecovery(found, found && processCommand(found.pid), isServerOf(folder));
  if (recovery.kind === "stop-orphan") await stopProcess(recovery.pid, SERVER_STOP_STEPS);
  clearMarks(folder);
  for (const log of ["server.log", "postgres.log"].map((name) => join(folder, "logs", name))) {
    if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > LARGE_LOG) renameSync(log, `${log}.1`);
  }
}

/** Tells other programs which processes serve. */
export function markRunning(folder: string, name: "server" | "postgres", pid: number): void {
  writeFileSync(join(folder, `${name}.pid`), `${pid}\n`);
}

/** Removes everything that says that something runs from here. */
export function clearMarks(folder: string): void {
  for (const name of ["ready.json", "server.pid", "postgres.pid"])
    rmSync(join(folder, name), { force: true });
}

/** The secret that signs sessions and seals what is stored: the environment's, or one made for this folder. */
export function secretOf(folder: string): string {
  if (process.env.TOUCHLINE_SECRET) return process.env.TOUCHLINE_SECRET;
  const file = join(folder, "secret");
  if (!existsSync(file)) writePrivateFile(file, `${randomBytes(32).toString("base64url")}\n`);
  return readFileSync(file, "utf8").trim();
}
