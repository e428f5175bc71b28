import { parseArgs } from "node:util";
import { buildIfStale } from "#scripts/setup/build";
import { step } from "#scripts/setup/progress";
import { stopSignal } from "#scripts/setup/stop-signal";
import { reportText, runCrashTest } from "#scripts/crash-test/crash-test";

// Kills the server again and again while events come in, and holds the promise that none is lost against what is left.
const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "20" },
    events: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
    flood: { type: "string", default: "0" },
  },
});
const signal = stopSignal();
await step(
  "Production build",
  () => buildIfStale(signal),
  (result) => result,
);
const report = await runCrashTest(
  {
    kills: Number(values.kills),
    events: Number(values.events),
    seed: Number(values.seed),
    flood: Number(values.flood),
  },
  signal,
);
console.log(`\n${reportText(report)}`);
process.exitCode = report.faults.length === 0 ? 0 : 1;
