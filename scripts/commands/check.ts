import { conclude, runChecks } from "#scripts/setup/checks";
import { QUICK_CHECKS } from "#scripts/setup/project-checks";
import { stopSignal } from "#scripts/setup/stop-signal";

// Everything that can be known about a change in seconds, without a database.
process.exitCode = conclude(await runChecks(QUICK_CHECKS, { signal: stopSignal() }));
