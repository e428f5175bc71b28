import { conclude, runChecks } from "#scripts/setup/checks";
import { FULL_CHECKS, QUICK_CHECKS } from "#scripts/setup/project-checks";
import type { Postgres } from "#scripts/setup/postgres";
import { step } from "#scripts/setup/progress";
import { stopSignal } from "#scripts/setup/stop-signal";
import { startThrowAwayPostgres } from "#scripts/setup/throw-away-postgres";

// Everything: the quick checks, then the tests on a real database, a production build, and the browser on that.
const signal = stopSignal();
const given = process.env.TEST_DATABASE_URL;
const server = given ? undefined : await startServer();
try {
  const env = { TEST_DATABASE_URL: given || server?.url() };
  process.exitCode = conclude(await runChecks([...QUICK_CHECKS, ...FULL_CHECKS], { signal, env }));
} finally {
  await server?.stop();
}

/** Without a server the other checks are run all the same; those that need one say why they fail. */
async function startServer(): Promise<Postgres | undefined> {
  try {
    return await step("Throw-away database", startThrowAwayPostgres);
  } catch (error) {
    console.log(`\n${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}
