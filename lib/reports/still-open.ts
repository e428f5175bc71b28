import type { FactColumns } from "#lib/reports/fact-columns";
import type { StillOpen } from "#lib/reports/response-report";
import { bitOf, bitsOfWord, maskOf } from "#lib/reports/traits";
import { survivalCurve } from "#lib/statistics/kaplan-meier";
import type { Observation } from "#lib/statistics/kaplan-meier";

// More than a drawing can show.
const MOST_STEPS = 120;
// A curve of fewer incidents says nothing.
const LEAST = 10;

// Up to here, a day and a half, seconds are counted; what took longer is sorted.
const COUNTED_SECONDS = 2 ** 17;
// What is seen of an incident: 1 that it is still open, 2 that it is major.
const KINDS = 4;

/** The share still open after a time, for all and, where both are many enough, for major and other incidents apart. To the second. */
export function stillOpen(facts: FactColumns, now: number): StillOpen[] {
  const { all, major, other } = observationsOf(facts, now);
  const apart = [curve("Major (P1, P2)", major), curve("Other", other)];
  const whole = curve("All", all);
  return apart.every(({ n }) => n >= LEAST) ? [whole, ...apart] : [whole];
}

type Observations = Record<"all" | "major" | "other", Observation[]>;

function observationsOf(facts: FactColumns, now: number): Observations {
  const { counts, beyond } = seenOf(facts, now);
  const found: Observations = { all: [], major: [], other: [] };
  for (let second = 0; second < COUNTED_SECONDS; second += 1) {
    const at = second * KINDS;
    const finished = counts[at] ?? 0;
    const open = counts[at + 1] ?? 0;
    const majorFinished = counts[at + 2] ?? 0;
    const majorOpen = counts[at + 3] ?? 0;
    if (finished + open + majorFinished + majorOpen > 0)
      add(found, second, { finished, open, majorFinished, majorOpen });
  }
  for (const value of beyond.sort()) {
    const second = Math.floor(value / KINDS);
    const kind = value - second * KINDS;
    add(found, second, {
      finished: kind === 0 ? 1 : 0,
      open: kind === 1 ? 1 : 0,
      majorFinished: kind === 2 ? 1 : 0,
      majorOpen: kind === 3 ? 1 : 0,
    });
  }
  return found;
}

function add(
  { all, major, other }: Observations,
  second: number,
  seen: Record<"finished" | "open" | "majorFinished" | "majorOpen", number>,
): void {
  const ms = second * 1000;
  const { finished, open, majorFinished, majorOpen } = seen;
  all.push({ ms, finished: finished + majorFinished, censored: open + majorOpen });
  if (majorFinished + majorOpen > 0) major.push({ ms, finished: majorFinished, censored: majorOpen });
  if (finished + open > 0) other.push({ ms, finished, censored: open });
}

/** How many were seen for so many seconds, each as seconds times four plus its kind; one by one where that is very long. */
function seenOf({ count, resolve, created, traits }: FactColumns, now: number) {
  const [status, resolved, major] = [maskOf("status"), bitsOfWord("status", "resolved"), bitOf("major")];
  const counts = new Uint32Array(COUNTED_SECONDS * KINDS);
  const beyond: number[] = [];
  for (let place = 0; place < count; place += 1) {
    const ms = resolve[place] ?? Number.NaN;
    const bits = traits[place] ?? 0;
    const isOpen = Number.isNaN(ms);
    // Of what is over without having taken a known time nothing can be said.
    if (isOpen && (bits & status) === resolved) continue;
    const seen = isOpen ? now - (created[place] ?? 0) : ms;
    if (seen < 0) continue;
    const second = Math.floor(seen / 1000);
    const value = second * KINDS + ((bits & major) === 0 ? 0 : 2) + Number(isOpen);
    if (second < COUNTED_SECONDS) counts[value] = (counts[value] ?? 0) + 1;
    else beyond.push(value);
  }
  return { counts, beyond: Float64Array.from(beyond) };
}

function curve(name: string, observations: readonly Observation[]): StillOpen {
  const { steps, finishedBy } = survivalCurve(observations, MOST_STEPS);
  const open = observations.reduce((sum, { censored }) => sum + censored, 0);
  return {
    name,
    n: observations.reduce((sum, { finished }) => sum + finished, open),
    open,
    steps,
    half: finishedBy(0.5),
    ninety: finishedBy(0.9),
  };
}
