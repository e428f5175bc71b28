import { benchGrouping, GROUPING_USAGE } from "#scripts/bench/grouping";
import { benchGronk, GRONK_USAGE } from "#scripts/bench/gronk";
import { benchIntake, INTAKE_USAGE } from "#scripts/bench/intake";
import { benchOnCall, ON_CALL_USAGE } from "#scripts/bench/on-call";
import { benchReports, REPORTS_USAGE } from "#scripts/bench/reports";
import { benchRules, RULES_USAGE } from "#scripts/bench/rules";
import { benchStoredEvents, STORED_EVENTS_USAGE } from "#scripts/bench/stored-events";
import { benchTimers, TIMERS_USAGE } from "#scripts/bench/timers";

const BENCHES: Record<string, (args: readonly string[]) => number | Promise<number>> = {
  grouping: benchGrouping,
  gronk: benchGronk,
  intake: benchIntake,
  "on-call": benchOnCall,
  reports: benchReports,
  rules: benchRules,
  "stored-events": benchStoredEvents,
  timers: benchTimers,
};

const [what = "", ...rest] = process.argv.slice(2);
// Reports alone take options.
const bench = rest.length === 0 || what === "reports" ? BENCHES[what] : undefined;
if (bench) process.exitCode = await bench(rest);
else {
  console.error(
    [
      GROUPING_USAGE,
      GRONK_USAGE,
      INTAKE_USAGE,
      ON_CALL_USAGE,
      REPORTS_USAGE,
      RULES_USAGE,
      STORED_EVENTS_USAGE,
      TIMERS_USAGE,
    ].join("\n\n"),
  );
  process.exitCode = 1;
}
