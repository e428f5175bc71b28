import { join } from "node:path";
import type { AppDatabase } from "#scripts/setup/app-database";
import type { Credentials } from "#scripts/setup/credentials";
import { credentialsSchema } from "#scripts/setup/credentials";
import { readPrivateJson } from "#scripts/setup/private-file";
import { root } from "#scripts/setup/root";
import { runTool } from "#scripts/setup/run-tool";

const PREPARE_LIMIT = 300_000;

export type Prepared = {
  seeded: boolean;
  /** Undefined when the organisation in the database was not made from this data folder. */
  credentials: Credentials | undefined;
};

/** Migrates the database and seeds it if nobody is in it. Throws with what went wrong. */
export async function prepareDatabase(
  database: Pick<AppDatabase, "url" | "credentialsFile" | "seeded">,
  options: { seed: "demo" | "empty"; secret: string; signal?: AbortSignal },
): Promise<Prepared> {
  const script = join(root, "scripts", "commands", "prepare-database.ts");
  const run = await runTool(
    "node",
    [script, `--seed=${options.seed}`, `--credentials=${database.credentialsFile}`],
    {
      env: { DATABASE_URL: database.url, TOUCHLINE_SECRET: options.secret },
      limit: PREPARE_LIMIT,
      ...(options.signal && { signal: options.signal }),
    },
  );
  if (!run.ok) throw new Error(`The database could not be prepared:\n${run.output.trimEnd()}`);
  database.seeded();
  const credentials = readPrivateJson(database.credentialsFile, credentialsSchema);
  return { seeded: run.output.trimEnd().endsWith("seeded"), credentials };
}
