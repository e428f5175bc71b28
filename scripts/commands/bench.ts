import { benchGrouping, GROUPING_USAGE } from "#scripts/bench/grouping";
import { benchGronk, GRONK_USAGE } from "#scripts/bench/gronk";
import { benchIntake, INTAKE_USAGE } from "#scripts/bench/intake";
import { benchOnCall, ON_CALL_USAGE } from "#scripts/bench/on-call";
import { benchStoredEvents, STORED_EVENTS_USAGE } from "#scripts/bench/stored-events";
import { benchTimers, TIMERS_USAGE } from "#scripts/bench/timers";

const BENCHES: Record<string, () => Promise<number>> = {
  grouping: benchGrouping,
  gronk: benchGronk,
  intake: benchIntake,
  "on-call": benchOnCall,
  "stored-events": benchStoredEvents,
  timers: benchTimers,
};

const [what = "", ...rest] = process.argv.slice(2);
const bench = rest.length === 0 ? BENCHES[what] : undefined;
if (bench) process.exitCode = await bench();
else {
  console.error(
    [GROUPING_USAGE, GRONK_USAGE, INTAKE_USAGE, ON_CALL_USAGE, STORED_EVENTS_USAGE, TIMERS_USAGE].join(
      "\n\n",
    ),
  );
  process.exitCode = 1;
}
