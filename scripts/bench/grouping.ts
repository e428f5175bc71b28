import type { Evaluation } from "#lib/noise/evaluation";
import { runTrial, TRIALS } from "#lib/testing/grouping-trial";

export const GROUPING_USAGE = `npm run bench -- grouping
  Replays a labelled game day of 40 services through the grouping that paging uses and compares the incidents with the causes.`;

const SEED = 7;
const TOLD = 5;

/** Prints one line for each setting, and what each wrongly merged. Fails when a setting that isn't coarse would have missed a page. */
export function benchGrouping(): Promise<number> {
  const results = TRIALS.map((trial) => ({
    name: trial.coarse ? `${trial.name} (coarse)` : trial.name,
    held: !trial.coarse,
    result: runTrial(trial, SEED),
  }));
  const [first] = results;
  console.log(
    `Game day of seed ${SEED}: ${first?.result.alerts} alerts of ${first?.result.causes} causes.\n`,
  );
  console.log(
    line(["setting", "incidents", "precision", "recall", "F1", "over-merged", "avoided", "missed"]),
  );
  for (const { name, result } of results) console.log(line([name, ...figures(result)]));
  for (const { name, result } of results) tellMerged(name, result);
  const missed = results.reduce((sum, { held, result }) => sum + (held ? result.pagesMissed.length : 0), 0);
  if (missed > 0) console.error(`\n${missed} pages would have been missed; none may be.`);
  else console.log("\nNo page is missed by any setting that isn't coarse.");
  return Promise.resolve(missed > 0 ? 1 : 0);
}

function figures(result: Evaluation): string[] {
  return [
    String(result.incidents),
    share(result.precision),
    share(result.recall),
    share(result.f1),
    `${(result.overMergeRate * 100).toFixed(1)} %`,
    String(result.pagesAvoided),
    String(result.pagesMissed.length),
  ];
}

function tellMerged(name: string, { overMerged, pagesMissed }: Evaluation): void {
  if (overMerged.length === 0) return;
  console.log(`\nWrongly merged by “${name}”: ${overMerged.length} alerts`);
  const pairs = Map.groupBy(overMerged, ({ cause, mostly }) => `${cause} onto ${mostly}`);
  for (const [pair, alerts] of [...pairs].slice(0, TOLD)) console.log(`  ${alerts.length} × ${pair}`);
  if (pairs.size > TOLD) console.log(`  and ${pairs.size - TOLD} more kinds`);
  for (const cause of pagesMissed) console.log(`  missed: ${cause}`);
}

function share(value: number | null): string {
  return value === null ? "none" : value.toFixed(3);
}

function line([name = "", ...cells]: readonly string[]): string {
  return [name.padEnd(44), ...cells.map((cell) => cell.padStart(12))].join("");
}
