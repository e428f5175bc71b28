import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { root } from "#scripts/setup/root";

/**
 * The database that a command means: of the data folder that it names, else of DATABASE_URL, else the one that `npm run up` serves.
 * Throws, with what to do, if there is none.
 */
export function commandDatabase(data: string | undefined): string {
  // npm runs scripts from the project's folder; a path means what it meant where the person stood.
  const folder = data === undefined ? undefined : resolve(process.env.INIT_CWD ?? process.cwd(), data);
  if (folder === undefined && process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const file = join(folder ?? join(root, ".touchline"), "ready.json");
  if (!existsSync(file)) {
    throw new Error(
      `No database found: start Touchline with npm run up first, name its folder with --data, or set DATABASE_URL. (Looked for ${file}.)`,
    );
  }
  return z.object({ databaseUrl: z.string() }).parse(JSON.parse(readFileSync(file, "utf8"))).databaseUrl;
}
