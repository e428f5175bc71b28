import { placesOf } from "#lib/reports/columns";
import type { Columns } from "#lib/reports/columns";
import type { MetricFilter } from "#lib/reports/metric-filter";
import { bitOf, bitsOfWord, maskOf } from "#lib/reports/traits";

/**
 * What the analytics interface measures of incidents, as columns: when each was created and ended in milliseconds, seconds to the first
 * acknowledgement and to resolve, and other times in milliseconds (NaN: not measured, not ended); how often things happened; `priority` is the rank or -1, `traits` the bits of
 * `lib/reports/traits.ts`; `service`, `team` and `policy` are codes of words, 0 for none.
 */
export const METRIC_LAYOUT = {
  numbers: ["created", "ended", "ack", "resolve", "engaged", "effort", "engage", "mobilise", "snoozed"],
  wholes: [
    "assignments",
    "people",
    "escalations",
    "timeouts",
    "manuals",
    "acknowledgements",
    "reassignments",
    "interruptions",
    "business",
    "off",
    "sleep",
    "notifications",
    "priority",
    "traits",
    "service",
    "team",
    "policy",
  ],
} as const;

export type MetricNumber = (typeof METRIC_LAYOUT.numbers)[number];
export type MetricWhole = (typeof METRIC_LAYOUT.wholes)[number];
export type MetricColumns = Columns<MetricNumber, MetricWhole>;

/** What the ids of a filter stand for; -1 is no code and no rank. */
type Codes = { codeOf: (word: string) => number; ranks: ReadonlySet<number> | null };

type Test = (columns: MetricColumns, place: number) => boolean;

/** The places of what a filter selects, but for when incidents were last changed, which columns don't say. `ranks`: null for whatever priority. */
export function chosenPlaces(columns: MetricColumns, filter: MetricFilter, codes: Codes): Uint32Array {
  const tests = testsOf(filter, codes);
  return placesOf(columns.count, (place) => tests.every((test) => test(columns, place)));
}

function testsOf(filter: MetricFilter, { codeOf, ranks }: Codes): Test[] {
  const [from, to] = [filter.from.getTime(), filter.to.getTime()];
  return [
    ({ created }: MetricColumns, place: number) =>
      (created[place] ?? 0) >= from && (created[place] ?? 0) < to,
    filter.urgency === null ? [] : hasBits(maskOf("urgency"), bitsOfWord("urgency", filter.urgency)),
    filter.major === null ? [] : hasBits(bitOf("major"), filter.major ? bitOf("major") : 0),
    atLeast("acknowledgements", filter.minAcknowledgements),
    atLeast("timeouts", filter.minTimeoutEscalations),
    atLeast("manuals", filter.minManualEscalations),
    among("team", filter.teamIds.map(codeOf)),
    among("service", filter.serviceIds.map(codeOf)),
    among("policy", filter.policyIds.map(codeOf)),
    ranks === null ? [] : ({ priority }: MetricColumns, place: number) => ranks.has(priority[place] ?? -1),
  ].flat();
}

function hasBits(mask: number, wanted: number): Test {
  return ({ traits }, place) => ((traits[place] ?? 0) & mask) === wanted;
}

function atLeast(name: "acknowledgements" | "timeouts" | "manuals", least: number): Test[] {
  return least > 0 ? [(columns, place) => (columns[name][place] ?? 0) >= least] : [];
}

function among(name: "team" | "service" | "policy", codes: readonly number[]): Test[] {
  const wanted = new Set(codes);
  return codes.length > 0 ? [(columns, place) => wanted.has(columns[name][place] ?? -1)] : [];
}
