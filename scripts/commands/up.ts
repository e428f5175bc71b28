import { existsSync } from "node:fs";
import { join } from "node:path";
import { openAppDatabase } from "#scripts/setup/app-database";
import type { UpArguments } from "#scripts/setup/arguments";
import { parseUpArguments, UP_USAGE } from "#scripts/setup/arguments";
import { buildIfStale } from "#scripts/setup/build";
import type { Ready } from "#scripts/setup/credentials";
import { readyText } from "#scripts/setup/credentials";
import {
  clearLeftovers,
  clearMarks,
  markRunning,
  resolveDataFolder,
  secretOf,
  takeDataFolder,
} from "#scripts/setup/data-folder";
import type { Prepared } from "#scripts/setup/prepare-database";
import { prepareDatabase } from "#scripts/setup/prepare-database";
import { writePrivateJson } from "#scripts/setup/private-file";
import { step } from "#scripts/setup/progress";
import { root } from "#scripts/setup/root";
import { requireFree, serve, servingRemark } from "#scripts/setup/serve";
import { lastLines } from "#scripts/setup/server";
import { aborted, stopSignal } from "#scripts/setup/stop-signal";

type Cleanup = () => Promise<void> | void;

const parsed = parseUpArguments(process.argv.slice(2));
if (parsed.kind === "run") process.exitCode = await run(parsed);
else if (parsed.kind === "help") console.log(UP_USAGE);
else {
  console.error(`${parsed.because}\n\n${UP_USAGE}`);
  process.exitCode = 1;
}

/** Serves until it is asked to stop. Answers the exit code; whatever happens, what was started is stopped again. */
async function run(args: UpArguments): Promise<number> {
  const signal = stopSignal();
  const cleanups: Cleanup[] = [];
  let fault: string | undefined;
  try {
    fault = await up(args, signal, cleanups);
  } catch (error) {
    if (!signal.aborted) fault = error instanceof Error ? error.message : String(error);
  }
  if (signal.aborted) console.log("\n  Stopping");
  for (const cleanup of cleanups.toReversed()) {
    try {
      await cleanup();
    } catch (error) {
      fault ??= error instanceof Error ? error.message : String(error);
    }
  }
  if (fault !== undefined) console.error(`\n${fault}`);
  return fault === undefined ? 0 : 1;
}

/** Answers why it ended, or undefined when it was asked to. */
async function up(args: UpArguments, signal: AbortSignal, cleanups: Cleanup[]): Promise<string | undefined> {
  if (existsSync(join(root, ".env"))) process.loadEnvFile(join(root, ".env"));
  const folder = resolveDataFolder(args.data, process.env);
  const host = process.env.HOST || "127.0.0.1";
  cleanups.push(await takeDataFolder(folder));
  await clearLeftovers(folder);
  await requireFree(args.port, host);

  const database = await step(
    "Database",
    () => openAppDatabase(folder, process.env.DATABASE_URL),
    ({ description }) => description,
  );
  cleanups.push(database.stop, () => clearMarks(folder));
  if (database.pid !== undefined) markRunning(folder, "postgres", database.pid);
  signal.throwIfAborted();

  const secret = secretOf(folder);
  const seed = args.empty ? "empty" : "demo";
  const prepared = await step(
    "Schema and data",
    () => prepareDatabase(database, { seed, secret, signal }),
    (outcome) => preparedRemark(outcome, args.empty),
  );
  if (!args.dev)
    await step(
      "Production build",
      () => buildIfStale(signal),
      (result) => result,
    );

  const server = await step(
    "Server",
    () => serve({ port: args.port, host, databaseUrl: database.url, secret, dev: args.dev, folder }, signal),
    (serving) => servingRemark(serving, args.port),
  );
  cleanups.push(server.stop);
  markRunning(folder, "server", server.pid);

  const credentials = prepared.credentials ?? { apiKey: "", users: [], integrations: [] };
  const ready: Ready = { url: server.url, databaseUrl: database.url, ...credentials };
  writePrivateJson(join(folder, "ready.json"), ready);
  console.log(readyText(ready, folder));
  return Promise.race([
    aborted(signal).then(() => undefined),
    server.ended.then(
      (how) => `The server ${how}.${args.dev ? "" : lastLines(join(folder, "logs", "server.log"))}`,
    ),
    database.ended.then((how) => `The database ${how}.${lastLines(join(folder, "logs", "postgres.log"))}`),
  ]);
}

function preparedRemark({ seeded, credentials }: Prepared, empty: boolean): string {
  if (seeded) return empty ? "created an owner, a service and its key" : "created the demo organisation";
  if (empty) return "kept as they are: --empty is for a new database; give it a new --data folder";
  return credentials === undefined
    ? "kept as they are; made elsewhere, so its keys are not known here"
    : "kept as they are";
}
