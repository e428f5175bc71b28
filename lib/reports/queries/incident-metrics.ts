import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Context, Transaction } from "#lib/context";
import { gather } from "#lib/reports/columns";
import { chosenPlaces, METRIC_LAYOUT } from "#lib/reports/metric-columns";
import type { MetricColumns } from "#lib/reports/metric-columns";
import { coveredMs } from "#lib/reports/metric-downtime";
import type { MetricFilter, MetricGroup, MetricUnit } from "#lib/reports/metric-filter";
import { measuresOf } from "#lib/reports/metric-measures";
import { periodPlaces, periodsOf } from "#lib/reports/period";
import type { Range } from "#lib/reports/period";
import { at, list, metricTraits } from "#lib/reports/queries/metric-conditions";
import { openWithin } from "#lib/reports/queries/open-within";
import { METRICS } from "#lib/reports/queries/packings";
import { readColumns, readPlain } from "#lib/reports/queries/read-columns";
import { inSnapshot } from "#lib/reports/queries/report-scope";
import { knownCodeOf, wordOf } from "#lib/reports/queries/words";
import { bitOf } from "#lib/reports/traits";

/** Seconds, counts and per cent by the names of the analytics interface; null: nothing was measured. */
export type MetricRow = { range_start: string | null } & Record<string, string | number | null>;

type Input = { filter: MetricFilter; by: MetricGroup; unit: MetricUnit | null; timeZone: string };

/** A range of the answer in epoch milliseconds; `day` is the local day on which it begins, null where all are one. */
type Bucket = Range & { day: string | null };

const MAJOR = bitOf("major");

/**
 * Incident metrics in all, or by service, team or escalation policy, over the whole range or by day, week or month of their creation in
 * the zone. A mean or percentile is over the incidents where its value exists. Durations are whole seconds.
 */
export async function readIncidentMetrics(ctx: Context, input: Input): Promise<MetricRow[]> {
  const { filter, by, unit, timeZone } = input;
  return inSnapshot(ctx, async ({ tx, now }) => {
    const range = { start: filter.from.getTime(), end: filter.to.getTime() };
    const buckets: Bucket[] =
      unit === null ? [{ ...range, day: null }] : periodsOf(range, unit, timeZone, now.getTime());
    const passed = buckets.map((bucket) => ({ ...bucket, end: Math.min(bucket.end, now.getTime()) }));
    const [columns, names, before] = await Promise.all([
      readChosen(tx, filter),
      readNames(tx, by),
      readOpenBefore(tx, filter, by),
    ]);
    const down = downTimes(columns, before, by, { buckets: passed, now: now.getTime() });
    const { groupOf, groups } = groupsOf(columns, by, buckets);
    const measures = measuresOf(columns, groupOf, groups.length);
    return groups
      .map(({ key, place }, group): MetricRow => {
        const { start, end, day } = passed[place] ?? { ...range, day: null };
        const downMs = down.get(key)?.[place] ?? 0;
        return {
          ...(names.get(key) ?? nameless(by, key)),
          range_start: day && `${day}T00:00:00`,
          ...measures[group],
          total_down_time_minutes: Math.round(downMs / 60_000),
          up_time_pct: Math.round(1e6 * (1 - downMs / (end - start))) / 1e4,
        };
      })
      .toSorted((a, b) => inOrder(a.range_start, b.range_start) || inOrder(idOf(a, by), idOf(b, by)));
  });
}

/** The incidents that the filter selects. */
async function readChosen(tx: Transaction, filter: MetricFilter): Promise<MetricColumns> {
  const range = { start: filter.from.getTime(), end: filter.to.getTime() };
  const where = metricTraits(filter);
  // Columns don't say when an incident was last changed.
  if (filter.updatedAfter !== null) return readPlain(tx, METRICS, [range], where);
  const [{ whole, chosen }, ranks] = await Promise.all([
    readColumns(tx, METRICS, range, where),
    readRanks(tx, filter),
  ]);
  const parts = whole.map((columns) => ({
    columns,
    places: chosenPlaces(columns, filter, { codeOf: knownCodeOf, ranks }),
  }));
  const rest = { columns: chosen, places: Uint32Array.from({ length: chosen.count }, (_, place) => place) };
  return gather(METRIC_LAYOUT, [...parts, rest]);
}

/** The ranks of the priorities that a filter names; null for whatever priority. */
async function readRanks(
  tx: Transaction,
  { priorityIds, priorityNames }: MetricFilter,
): Promise<Set<number> | null> {
  if (priorityIds.length === 0 && priorityNames.length === 0) return null;
  const among = (column: SQL, values: readonly string[]) =>
    values.length === 0 ? sql`true` : sql`${column} = any(${list(values)})`;
  const rows = await tx.execute<{ rank: number }>(sql`
    select rank from priorities where ${among(sql`id`, priorityIds)} and ${among(sql`name`, priorityNames)}`);
  return new Set(rows.map(({ rank }) => rank));
}

type Group = { key: string | null; place: number };

/** The groups that incidents are in: what they are grouped by, and the place of their range. */
function groupsOf(columns: MetricColumns, by: MetricGroup, buckets: readonly Bucket[]) {
  const placeOf = periodPlaces(columns.created, buckets);
  const groupOf = new Int32Array(columns.count);
  const known = new Map<number, number>();
  const groups: Group[] = [];
  for (let row = 0; row < columns.count; row += 1) {
    const code = by === "all" ? 0 : (columns[by][row] ?? 0);
    const place = placeOf[row] ?? 0;
    const cell = code * buckets.length + place;
    let group = known.get(cell);
    if (group === undefined) {
      group = groups.length;
      known.set(cell, group);
      groups.push({ key: keyOf(columns, by, row), place });
    }
    groupOf[row] = group;
  }
  return { groupOf, groups };
}

type Names = Record<string, string | null>;

const KEYS: Record<MetricGroup, { id: string; key: SQL }> = {
  all: { id: "all", key: sql`'all'::text` },
  service: { id: "service_id", key: sql`f.service_id` },
  team: { id: "team_id", key: sql`f.team_id` },
  policy: { id: "escalation_policy_id", key: sql`f.policy_id` },
};

const NAMES: Record<MetricGroup, SQL> = {
  all: sql`select 'all' as key, null as "all"`,
  service: sql`
    select s.id as key, s.id as service_id, s.name as service_name, t.id as team_id, t.name as team_name
    from services s left join teams t on t.id = s.team_id`,
  team: sql`select id as key, id as team_id, name as team_name from teams`,
  policy: sql`
    select e.id as key, e.id as escalation_policy_id, e.name as escalation_policy_name, e.team_id, t.name as team_name
    from escalation_policies e left join teams t on t.id = e.team_id`,
};

async function readNames(tx: Transaction, by: MetricGroup): Promise<Map<string | null, Names>> {
  const rows = await tx.execute<{ key: string } & Names>(NAMES[by]);
  return new Map(rows.map(({ key, ...names }) => [key, names]));
}

/** What is said of incidents whose team or policy is none, or is no longer there. */
function nameless(by: MetricGroup, key: string | null): Names {
  if (by === "team") return { team_id: key, team_name: null };
  return { escalation_policy_id: key, escalation_policy_name: null, team_id: null, team_name: null };
}

function idOf(row: MetricRow, by: MetricGroup): string | number | null {
  return row[KEYS[by].id] ?? null;
}

/** Ascending, null last. */
function inOrder(a: string | number | null, b: string | number | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return String(a).localeCompare(String(b), "en");
}

type Down = Range & { key: string | null };

/** Major incidents that were open when the range began, with what they are grouped by. Those that began within it are among the columns. */
async function readOpenBefore(tx: Transaction, filter: MetricFilter, by: MetricGroup): Promise<Down[]> {
  const from = at(filter.from);
  return tx.execute<Down>(sql`
    select ${KEYS[by].key} as key, (extract(epoch from f.created_at) * 1000)::float8 as start,
      (extract(epoch from coalesce(f.resolved_at, now())) * 1000)::float8 as "end"
    from incident_facts f
    where f.major and ${openWithin(sql`f.created_at`, sql`f.resolved_at`, from, from)}
      and f.created_at < ${from} and coalesce(f.resolved_at, now()) > ${from} and ${metricTraits(filter)}`);
}

/** Milliseconds of each range at which at least one major incident was open, overlaps once, by what is grouped by. */
function downTimes(
  columns: MetricColumns,
  before: readonly Down[],
  by: MetricGroup,
  { buckets, now }: { buckets: readonly Bucket[]; now: number },
): Map<string | null, number[]> {
  const spans = new Map<string | null, Range[]>();
  const add = (key: string | null, span: Range) => {
    const own = spans.get(key);
    if (own) own.push(span);
    else spans.set(key, [span]);
  };
  for (const { key, start, end } of before) add(key, { start, end });
  const { count, traits, created, ended } = columns;
  for (let row = 0; row < count; row += 1) {
    if (((traits[row] ?? 0) & MAJOR) === 0) continue;
    const end = ended[row] ?? Number.NaN;
    add(keyOf(columns, by, row), { start: created[row] ?? 0, end: Number.isNaN(end) ? now : end });
  }
  return new Map([...spans].map(([key, own]) => [key, coveredMs(own, buckets)]));
}

function keyOf(columns: MetricColumns, by: MetricGroup, row: number): string | null {
  return by === "all" ? "all" : wordOf(columns[by][row] ?? 0);
}
