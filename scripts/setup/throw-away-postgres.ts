import { chmodSync, existsSync, lstatSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tryLock } from "#scripts/setup/lock.mjs";
import type { Postgres } from "#scripts/setup/postgres";
import { startPostgres, stopOrphan } from "#scripts/setup/postgres";
import { canEnter, databaseAccount, sharedFolder } from "#scripts/setup/system-account";

const PREFIX = "touchline-throw-away-";

/** A PostgreSQL for tests on a port of its own, gone without a trace when it is stopped; fast rather than durable unless asked. */
export async function startThrowAwayPostgres({ durable = false } = {}): Promise<Postgres> {
  const parent = temporaryFolder();
  await sweep(parent);
  const folder = mkdtempSync(join(parent, PREFIX));
  chmodSync(folder, 0o711);
  tryLock(join(folder, "lock"));
  const server = await startPostgres(folder, { durable });
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...server, stop };
}

function temporaryFolder(): string {
  const account = databaseAccount();
  return account === undefined || canEnter(tmpdir(), account) ? tmpdir() : sharedFolder(account, "temporary");
}

/** Removes what tests that were killed left behind. */
async function sweep(parent: string): Promise<void> {
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(parent, name);
    // One without a lock may be about to get it; one of another user is not ours to touch.
    const isOurs = lstatSync(folder, { throwIfNoEntry: false })?.uid === process.getuid?.();
    if (!isOurs || !existsSync(join(folder, "lock"))) continue;
    const { release } = tryLock(join(folder, "lock"));
    if (release === undefined) continue;
    await stopOrphan(join(folder, "postgres", "data"));
    rmSync(folder, { recursive: true, force: true });
  }
}
