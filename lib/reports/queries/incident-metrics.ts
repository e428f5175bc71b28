import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Context, Transaction } from "#lib/context";
import { gather } from "#lib/reports/columns";
import { chosenPlaces, METRIC_LAYOUT } from "#lib/reports/metric-columns";
import type { MetricColumns } from "#lib/reports/metric-columns";
import type { MetricFilter, MetricGroup, MetricUnit } from "#lib/reports/metric-filter";
import { measuresOf } from "#lib/reports/metric-measures";
import { periodPlaces, periodsOf } from "#lib/reports/period";
import { at, list, metricTraits } from "#lib/reports/queries/metric-conditions";
import { openWithin } from "#lib/reports/queries/open-within";
import { METRICS } from "#lib/reports/queries/packings";
import { readColumns, readPlain } from "#lib/reports/queries/read-columns";
import { inSnapshot } from "#lib/reports/queries/report-scope";
import { knownCodeOf, wordOf } from "#lib/reports/queries/words";

/** Seconds, counts and per cent by the names of the analytics interface; null: nothing was measured. */
export type MetricRow = { range_start: string | null } & Record<string, string | number | null>;

type Input = { filter: MetricFilter; by: MetricGroup; unit: MetricUnit | null; timeZone: string };

/** A range of the answer in epoch milliseconds; `day` is the local day on which it begins, null where all are one. */
type Bucket = { start: number; end: number; day: string | null };

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
    const [columns, names, down] = await Promise.all([
      readChosen(tx, filter),
      readNames(tx, by),
      readDownTime(tx, filter, by, passed),
    ]);
    const { groupOf, groups } = groupsOf(columns, by, buckets);
    const measures = measuresOf(columns, groupOf, groups.length);
    return groups
      .map(({ key, place }, group): MetricRow => {
        const { start, end, day } = passed[place] ?? { ...range, day: null };
        const seconds = down.get(`${place} ${key}`) ?? 0;
        return {
          ...(names.get(key) ?? nameless(by, key)),
          range_start: day && `${day}T00:00:00`,
          ...measures[group],
          total_down_time_minutes: Math.round(seconds / 60),
          up_time_pct: Math.round(1e6 * (1 - (1000 * seconds) / (end - start))) / 1e4,
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
      groups.push({ key: by === "all" ? "all" : wordOf(code), place });
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

/**
 * The seconds within each range at which at least one major incident was open, whenever it began; overlaps count once. By the place of the
 * range and what is grouped by.
 */
async function readDownTime(
  tx: Transaction,
  filter: MetricFilter,
  by: MetricGroup,
  buckets: readonly Bucket[],
): Promise<Map<string, number>> {
  const instants = (side: "start" | "end") =>
    sql`${list(buckets.map((bucket) => new Date(bucket[side]).toISOString()))}::timestamptz[]`;
  const [from, to] = [at(filter.from), sql`least(${at(filter.to)}, now())`];
  const rows = await tx.execute<{ key: string | null; place: number; seconds: number }>(sql`
    with spans as (
      select starts_at, ends_at, place::int - 1 as place
      from unnest(${instants("start")}, ${instants("end")}) with ordinality s(starts_at, ends_at, place)
    ),
    down as (
      select ${KEYS[by].key} as key, f.created_at as starts_at, coalesce(f.resolved_at, now()) as ends_at
      from incident_facts f
      where f.major and ${openWithin(sql`f.created_at`, sql`f.resolved_at`, from, to)}
        and f.created_at < ${to} and coalesce(f.resolved_at, now()) > ${from} and ${metricTraits(filter)}
    ),
    unions as (
      select d.key, s.place,
        range_agg(tstzrange(greatest(d.starts_at, s.starts_at), least(d.ends_at, s.ends_at))) as whole
      from down d join spans s on d.starts_at < s.ends_at and d.ends_at > s.starts_at
      group by d.key, s.place
    )
    select key, place, (select sum(extract(epoch from upper(one) - lower(one))) from unnest(whole) one)::float8 as seconds
    from unions`);
  return new Map(rows.map(({ key, place, seconds }) => [`${place} ${key}`, seconds]));
}
