import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, relative, resolve } from "node:path";
import { readPrivateJson, writePrivateJson } from "#scripts/setup/private-file";
import type { Account } from "#scripts/setup/system-account";
import { canEnter, databaseAccount, sharedFolder } from "#scripts/setup/system-account";
import { z } from "zod";

const connectionSchema = z.object({
  port: z.number().int().optional(),
  password: z.string(),
  /** Where PostgreSQL's files lie: below the data folder, or outside it if its account cannot enter that. */
  location: z.string(),
});

export type Connection = z.infer<typeof connectionSchema>;

export interface PostgresFolder {
  connection: Connection;
  /** Holds the PostgreSQL data directory and what is prepared beside it. */
  location: string;
  /** The PostgreSQL data directory. */
  data: string;
  account: Account | undefined;
  /** Remembers a changed port for the next start. */
  save: () => void;
}

/** Opens, or prepares, the place of an embedded PostgreSQL that belongs to the data folder `folder`. */
export function openPostgresFolder(folder: string): PostgresFolder {
  createPassable(folder);
  const file = join(folder, "database.json");
  const known = readPrivateJson(file, connectionSchema);
  const place = known === undefined ? undefined : resolve(folder, known.location);
  const account = (place === undefined ? undefined : ownerOf(join(place, "data"))) ?? databaseAccount();
  const location = place ?? createLocation(folder, account);
  const connection = known ?? {
    password: randomBytes(24).toString("base64url"),
    location: relativeInside(folder, location),
  };
  const save = () => writePrivateJson(file, connection);
  if (known === undefined) save();
  claim(location, folder);
  if (!canEnter(location, account)) {
    throw new Error(
      `The database in ${location} cannot be reached by "${account?.name}", as which PostgreSQL runs. ` +
        "Open the directories above it to others (chmod o+x), or use another --data folder.",
    );
  }
  return { connection, location, data: join(location, "data"), account, save };
}

/** A data folder that is moved takes what lies in it along. */
function relativeInside(folder: string, location: string): string {
  const path = relative(realpathSync(folder), location);
  return path.startsWith("..") ? location : path;
}

/** Root must use the account that the files belong to already, such as a user who ran this before. */
function ownerOf(data: string): Account | undefined {
  if (process.getuid?.() !== 0 || !existsSync(data)) return undefined;
  const { uid, gid } = statSync(data);
  return uid === 0 ? undefined : { name: `user ${uid}`, uid, gid };
}

/** Root's own folders let PostgreSQL's account pass; what is secret in them is closed file by file. */
export function createPassable(folder: string): void {
  const created = mkdirSync(folder, { recursive: true });
  if (created !== undefined && process.getuid?.() === 0) chmodSync(folder, 0o711);
}

function createLocation(folder: string, account: Account | undefined): string {
  const inside = join(realpathSync(folder), "postgres");
  giveTo(inside, account);
  if (account === undefined || canEnter(inside, account)) return inside;
  rmSync(inside, { recursive: true });
  const key = createHash("sha256").update(realpathSync(folder)).digest("hex").slice(0, 16);
  const outside = join(sharedFolder(account, "kept"), key);
  // Nothing in the data folder points to these files, so they are those of a data folder that was deleted.
  rmSync(outside, { recursive: true, force: true });
  giveTo(outside, account);
  return outside;
}

function giveTo(location: string, account: Account | undefined): void {
  mkdirSync(location, { recursive: true, mode: 0o700 });
  if (account !== undefined) chownSync(location, account.uid, account.gid);
}

/** Marks whose files they are, so that a copied data folder never runs on the files of its original. */
function claim(location: string, folder: string): void {
  const mark = join(location, "owner");
  const mine = realpathSync(folder);
  const owner = existsSync(mark) ? readFileSync(mark, "utf8") : undefined;
  if (owner === mine) return;
  if (owner !== undefined && !location.startsWith(mine) && existsSync(join(owner, "database.json"))) {
    throw new Error(
      `${folder} is a copy of ${owner}, whose database lies in ${location} and is not copied along. ` +
        "Use an empty --data folder.",
    );
  }
  writeFileSync(mark, mine);
}
