import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Account {
  name: string;
  uid: number;
  gid: number;
}

const PREFERRED = ["postgres", "_postgres", "nobody"];

/** Picks whom PostgreSQL runs as from the text of /etc/passwd; undefined when root is the only account there. */
export function chooseAccount(passwd: string): Account | undefined {
  const accounts = passwd.split("\n").flatMap((line) => {
    const [name, , uid, gid] = line.split(":");
    const account = { name: name ?? "", uid: Number(uid), gid: Number(gid) };
    return account.name !== "" && account.uid > 0 && account.gid > 0 ? [account] : [];
  });
  const preferred = PREFERRED.map((name) => accounts.find((account) => account.name === name));
  return preferred.find((account) => account !== undefined) ?? accounts[0];
}

/**
 * The account that PostgreSQL, which refuses to run as root, runs as; undefined means "as we do ourselves".
 * initdb looks its user up by number, so only an account that exists will do, and creating one needs tools that a
 * bare machine lacks.
 */
export function databaseAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const account = chooseAccount(readFileSync("/etc/passwd", "utf8"));
  if (account !== undefined) return account;
  throw new Error(
    "PostgreSQL refuses to run as root, and /etc/passwd names no other account it could run as. " +
      "Run this as an ordinary user, or set DATABASE_URL to a PostgreSQL that runs elsewhere.",
  );
}

/** Whether `account` can enter `folder`: asked of the system, because modes alone do not tell. */
export function canEnter(folder: string, account: Account | undefined): boolean {
  if (account === undefined) return true;
  const { uid, gid } = account;
  return spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { uid, gid, cwd: "/" }).status === 0;
}

/**
 * A folder of Touchline outside the checkout that root writes and `account` enters: for a checkout, or a data folder,
 * below a directory closed to that account.
 */
export function sharedFolder(account: Account, kind: "kept" | "temporary"): string {
  const kept = ["/var/lib/touchline", "/var/tmp/touchline"];
  const candidates = kind === "kept" ? kept : [join(tmpdir(), "touchline"), ...kept];
  for (const candidate of candidates) {
    try {
      mkdirSync(candidate, { recursive: true });
      if (statSync(candidate).uid !== 0) continue;
      chmodSync(candidate, 0o755);
    } catch {
      continue;
    }
    if (canEnter(candidate, account)) return candidate;
  }
  throw new Error(
    `PostgreSQL runs as "${account.name}" here, and no folder was found that it can reach: tried ${candidates.join(", ")}. ` +
      "Set DATABASE_URL to use a PostgreSQL that runs elsewhere.",
  );
}
