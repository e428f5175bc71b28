import type { Lateness, Ledger } from "#scripts/bench/gronk/ledger";
import type { Peaks } from "#scripts/bench/gronk/peaks";
import type { Sent } from "#scripts/bench/gronk/send";

export type GronkReport = {
  phases: { name: string; sent: Sent[]; lateness: Lateness }[];
  accepted: number;
  unanswered: number;
  peak: Peaks;
  drainSeconds: number;
  ledger: Ledger;
};

/** What it is held to: milliseconds from event to committed page, and megabytes of app and database together. */
const BASE_P99_MS = 300;
const SPIKE_P99_MS = 3000;
const MOST_MB = 500;

/** Prints what happened and says whether it is good enough: the exit code. */
export function concludeGronk(report: GronkReport): number {
  const { phases, accepted, unanswered, peak, drainSeconds, ledger } = report;
  console.log("");
  for (const phase of phases) console.log(phaseText(phase));
  const { appMb, databaseMb, bothMb, backlog } = peak;
  console.log(
    [
      `backlog at most ${backlog} events, gone ${drainSeconds.toFixed(1)} s after the last event`,
      `memory at most: app ${mb(appMb)}, database ${mb(databaseMb)}, together ${mb(bothMb)}`,
      `accepted ${accepted} (${unanswered} more unanswered at the end), stored ${ledger.stored}: ${Object.entries(
        ledger.outcomes,
      )
        .map(([outcome, events]) => `${outcome} ${events}`)
        .join(", ")}; set aside ${ledger.setAside}`,
    ].join("\n"),
  );
  const [base, spike] = phases;
  const isComplete = ledger.stored >= accepted && ledger.stored <= accepted + unanswered;
  const checks: [string, boolean][] = [
    ["all that was accepted is stored and accounted for", isComplete && ledger.unprocessed === 0],
    ["every new problem paged", phases.every(({ lateness }) => lateness.n > 0 && lateness.unpaged === 0)],
    [
      `event to page within ${BASE_P99_MS} ms (p99) at base load`,
      (base?.lateness.p99 ?? Infinity) <= BASE_P99_MS,
    ],
    [
      `event to page within ${SPIKE_P99_MS} ms (p99) in the spike`,
      (spike?.lateness.p99 ?? Infinity) <= SPIKE_P99_MS,
    ],
    [`at most ${MOST_MB} MB`, bothMb <= MOST_MB],
  ];
  for (const [what, held] of checks) console.log(`${held ? "✓" : "✗"} ${what}`);
  return checks.every(([, held]) => held) ? 0 : 1;
}

function phaseText({ name, sent, lateness }: GronkReport["phases"][number]): string {
  const rows = sent.map(({ accepted, refused, p50, p99, seconds }) => {
    const no = Object.entries(refused).map(([status, count]) => `${count} × ${status}`);
    return `${(accepted / seconds).toFixed(0)}/s accepted (refused: ${no.join(", ") || "none"}), answered in p50 ${p50} ms, p99 ${p99} ms`;
  });
  const { n, p50, p99, max } = lateness;
  const pages = `event to page p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, max ${max.toFixed(0)} ms (${n} incidents)`;
  return [`${name}: ${rows.join("; the wild key ")}`, `  ${pages}`].join("\n");
}

function mb(value: number): string {
  return `${value.toFixed(0)} MB`;
}
