import type { MetricColumns, MetricNumber, MetricWhole } from "#lib/reports/metric-columns";
import { bitOf, bitsOfWord, maskOf } from "#lib/reports/traits";
import { orderStatistics } from "#lib/statistics/order-statistics";
import { quantileRanks } from "#lib/statistics/quantile";

/** By the names of the analytics interface; null: nothing was measured. Durations are whole seconds. */
export type Measures = Record<string, number | null>;

const PERCENTILES = [50, 75, 90, 95] as const;
const URGENCY = maskOf("urgency");

type Column = MetricNumber | MetricWhole;
/** The sum in each group of what was measured, and of how many. */
type Tally = { sums: Float64Array; counts: Float64Array };

/**
 * The measures of groups of incidents; `groupOf` has the group of each row, counted from 0. A mean or percentile is over the incidents where its
 * value exists.
 */
export function measuresOf(columns: MetricColumns, groupOf: Int32Array, groups: number): Measures[] {
  const tally = (name: Column) => tallyOf(columns[name], groupOf, groups);
  const having = (passes: (place: number) => boolean) => countOf(groupOf, groups, passes);
  const trait = (mask: number, wanted = mask) =>
    having((place) => ((columns.traits[place] ?? 0) & mask) === wanted);
  const positive = (name: Column) => having((place) => (columns[name][place] ?? 0) > 0);
  const counted = having(() => true);
  const [engaged, effort] = [tally("engaged"), tally("effort")];
  const [ack, resolve] = [tally("ack"), tally("resolve")];
  const measures: [name: string, of: (group: number) => number | null][] = [
    ["mean_assignment_count", mean(tally("assignments"))],
    ["mean_engaged_seconds", mean(engaged, 1000)],
    ["mean_engaged_user_count", mean(tally("people"))],
    ["mean_seconds_to_engage", mean(tally("engage"), 1000)],
    ["mean_seconds_to_first_ack", mean(ack)],
    ["mean_seconds_to_mobilize", mean(tally("mobilise"), 1000)],
    ["mean_seconds_to_resolve", mean(resolve)],
    ["mean_user_defined_engaged_seconds", mean(effort, 1000)],
    ["total_business_hour_interruptions", total(tally("business"))],
    ["total_engaged_seconds", total(engaged, 1000)],
    ["total_escalation_count", total(tally("escalations"))],
    ["total_high_urgency_incidents", at(trait(URGENCY, bitsOfWord("urgency", "high")))],
    ["total_incident_count", at(counted)],
    ["total_incidents_acknowledged", at(trait(bitOf("acknowledged")))],
    ["total_incidents_auto_resolved", at(trait(bitOf("auto")))],
    ["total_incidents_manual_escalated", at(positive("manuals"))],
    ["total_incidents_reassigned", at(positive("reassignments"))],
    ["total_incidents_resolved", at(resolve.counts)],
    ["total_incidents_timeout_escalated", at(positive("timeouts"))],
    ["total_interruptions", total(tally("interruptions"))],
    ["total_low_urgency_incidents", at(trait(URGENCY, bitsOfWord("urgency", "low")))],
    ["total_major_incidents", at(trait(bitOf("major")))],
    ["total_notifications", total(tally("notifications"))],
    ["total_off_hour_interruptions", total(tally("off"))],
    ["total_sleep_hour_interruptions", total(tally("sleep"))],
    ["total_snoozed_seconds", total(tally("snoozed"), 1000)],
    ["total_user_defined_engaged_seconds", total(effort, 1000)],
  ];
  const acks = percentilesOf(columns.ack, ack, groupOf);
  const resolves = percentilesOf(columns.resolve, resolve, groupOf);
  return Array.from({ length: groups }, (_, group) => ({
    ...Object.fromEntries(measures.map(([name, of]) => [name, of(group)])),
    ...Object.fromEntries(
      PERCENTILES.flatMap((percent, place) => [
        [`p${percent}_seconds_to_first_ack`, acks[group]?.[place] ?? null],
        [`p${percent}_seconds_to_resolve`, resolves[group]?.[place] ?? null],
      ]),
    ),
  }));
}

function tallyOf(column: Float64Array | Int32Array, groupOf: Int32Array, groups: number): Tally {
  const [sums, counts] = [new Float64Array(groups), new Float64Array(groups)];
  for (let place = 0; place < groupOf.length; place += 1) {
    const value = column[place] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const group = groupOf[place] ?? 0;
    sums[group] = (sums[group] ?? 0) + value;
    counts[group] = (counts[group] ?? 0) + 1;
  }
  return { sums, counts };
}

function countOf(groupOf: Int32Array, groups: number, passes: (place: number) => boolean): Float64Array {
  const counts = new Float64Array(groups);
  for (let place = 0; place < groupOf.length; place += 1) {
    if (!passes(place)) continue;
    const group = groupOf[place] ?? 0;
    counts[group] = (counts[group] ?? 0) + 1;
  }
  return counts;
}

function at(counts: Float64Array): (group: number) => number {
  return (group) => counts[group] ?? 0;
}

function mean({ sums, counts }: Tally, unit = 1): (group: number) => number | null {
  return (group) => {
    const count = counts[group] ?? 0;
    return count === 0 ? null : Math.round((sums[group] ?? 0) / (unit * count));
  };
}

function total({ sums }: Tally, unit = 1): (group: number) => number {
  return (group) => Math.round((sums[group] ?? 0) / unit);
}

/** Of each group those of `PERCENTILES`, or none where nothing was measured. */
function percentilesOf(column: Float64Array, { counts }: Tally, groupOf: Int32Array): number[][] {
  const ends = new Float64Array(counts.length);
  let before = 0;
  for (let group = 0; group < counts.length; group += 1) {
    ends[group] = before;
    before += counts[group] ?? 0;
  }
  // Group after group.
  const values = new Float64Array(before);
  for (let place = 0; place < groupOf.length; place += 1) {
    const value = column[place] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const group = groupOf[place] ?? 0;
    const end = ends[group] ?? 0;
    values[end] = value;
    ends[group] = end + 1;
  }
  return Array.from(counts, (count, group) => {
    const end = ends[group] ?? 0;
    return count === 0 ? [] : percentiles(values.subarray(end - count, end));
  });
}

function percentiles(values: Float64Array): number[] {
  const ranks = PERCENTILES.map((percent) => quantileRanks(values.length, percent / 100));
  const found = orderStatistics(
    values,
    ranks.flatMap(({ below, above }) => [below, above]),
  );
  return ranks.map(({ weight }, place) => {
    const [below = 0, above = 0] = found.slice(2 * place);
    return Math.round(below + (above - below) * weight);
  });
}
