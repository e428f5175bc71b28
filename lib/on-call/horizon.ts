import type { LayerDefinition, ScheduleFacts } from "#lib/on-call/schedule";
import { restrictionWindows } from "#lib/on-call/restriction";
import { unitsPerTurn } from "#lib/on-call/turn-length";
import { DAY, HOUR, SECOND, WEEK } from "#lib/time/calendar";

/** Where calendar months meet weekdays, a pattern repeats only after 28 years. */
const LONGEST_WEEKS = 28 * 53;

/**
 * The instant by which everything the schedule will ever do after `from` has happened once: after the last
 * dated change, one joint repetition of the layers that go on. What is not found by then never comes.
 */
export function horizonAfter(facts: ScheduleFacts, from: number): number {
  const dated = [
    ...facts.versions.flatMap(({ definition, effectiveFrom, effectiveTo }) => [
      effectiveFrom,
      effectiveTo,
      ...definition.layers.flatMap((layer) => [layer.startsAt, layer.endsAt, lastGivenEnd(layer)]),
    ]),
    ...facts.overrides.map((override) => override.endsAt),
  ];
  const settled = Math.max(from, ...dated.map((at) => at?.getTime() ?? from));
  const endless = facts.versions
    .filter((version) => version.effectiveTo === null)
    .flatMap((version) => version.definition.layers)
    .filter((layer) => layer.endsAt === null && layer.segments === undefined);
  const weeks = endless
    .map(repetitionWeeks)
    .reduce((joint, own) => Math.min(leastCommonMultiple(joint, own), LONGEST_WEEKS), 1);
  // A clock change may swallow one window, so one more repetition of the week.
  return settled + (weeks + 2) * WEEK;
}

function lastGivenEnd({ segments }: LayerDefinition): Date | null {
  const last = segments?.at(-1);
  return last ? new Date(last.end) : null;
}

/** Weeks after which the layer's pattern on the wall clock begins again. */
function repetitionWeeks({ rotation, turns, restrictions }: LayerDefinition): number {
  const cycle = Math.max(1, turns.length) * unitsPerTurn(rotation);
  switch (rotation.unit) {
    case "second":
      return leastCommonMultiple(cycle * SECOND, WEEK) / WEEK;
    case "hour":
      return leastCommonMultiple(cycle * HOUR, WEEK) / WEEK;
    case "day":
      return rotation.advance === "worked" ? cycle : leastCommonMultiple(cycle * DAY, WEEK) / WEEK;
    case "week":
      return cycle;
    case "month": {
      // A whole month meets every weekly window, some days of it may not.
      const isPartial = rotation.shiftSeconds !== undefined && restrictionWindows(restrictions) !== null;
      return isPartial ? LONGEST_WEEKS : Math.ceil((cycle * 31) / 7);
    }
    default:
      return 1;
  }
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
