import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { MetricFilter, MetricGroup, MetricUnit } from "#lib/reports/metric-filter";
import { openWithin } from "#lib/reports/queries/open-within";
import { at, metricConditions, metricTraits } from "#lib/reports/queries/metric-conditions";

/** Seconds, counts and per cent by the names of the analytics interface; null: nothing was measured. */
export type MetricRow = { range_start: string | null } & Record<string, string | number | null>;

type Input = { filter: MetricFilter; by: MetricGroup; unit: MetricUnit | null; timeZone: string };

/**
 * Incident metrics in all, or by service, team or escalation policy, over the whole range or by day, week or month of their creation in
 * the zone. A mean or percentile is over the incidents where its value exists. Durations are whole seconds.
 */
export async function readIncidentMetrics(ctx: Context, input: Input): Promise<MetricRow[]> {
  requirePermission(ctx.actor, "read");
  const { filter, by, unit, timeZone } = input;
  const bucket = (column: SQL) =>
    unit === null ? sql`null::timestamp` : sql`date_trunc(${unit}, ${column} at time zone ${timeZone})`;
  const { key, names, join } = GROUPS[by];
  return ctx.db.transaction(
    async (tx) => {
      // Sorts of hundreds of thousands of durations stay in memory.
      await tx.execute(sql`set local work_mem = '64MB'`);
      return tx.execute<MetricRow>(sql`
        with chosen as (
          select f.*, ${key} as key, ${bucket(sql`f.created_at`)} as bucket,
            case when f.first_ack_at >= f.created_at
              then extract(epoch from f.first_ack_at - f.created_at)::float8 end as ack,
            f.ms_to_resolve / 1000.0::float8 as resolve
          from incident_facts f where ${metricConditions(filter)}
        ),
        measured as (select key, bucket, ${MEASURES} from chosen group by key, bucket),
        ${downTime({ ...input, key, bucket })}
        select ${names}, to_char(m.bucket, 'YYYY-MM-DD"T"HH24:MI:SS') as range_start, ${NAMES},
          round((coalesce(d.seconds, 0) / 60)::numeric)::int as total_down_time_minutes,
          round((100 * (1 - coalesce(d.seconds, 0) / nullif(r.seconds, 0)))::numeric, 4)::float8 as up_time_pct
        from measured m
        left join down_seconds d on d.key is not distinct from m.key and d.bucket is not distinct from m.bucket
        join ranges r on r.bucket is not distinct from m.bucket
        ${join}
        order by m.bucket, 1 nulls last`);
    },
    { accessMode: "read only" },
  );
}

const GROUPS: Record<MetricGroup, { key: SQL; names: SQL; join: SQL }> = {
  all: { key: sql`'all'::text`, names: sql`null as "all"`, join: sql`` },
  service: {
    key: sql`f.service_id`,
    names: sql`m.key as service_id, s.name as service_name, t.id as team_id, t.name as team_name`,
    join: sql`join services s on s.id = m.key left join teams t on t.id = s.team_id`,
  },
  team: {
    key: sql`f.team_id`,
    names: sql`m.key as team_id, t.name as team_name`,
    join: sql`left join teams t on t.id = m.key`,
  },
  policy: {
    key: sql`f.policy_id`,
    names: sql`m.key as escalation_policy_id, e.name as escalation_policy_name, e.team_id, t.name as team_name`,
    join: sql`left join escalation_policies e on e.id = m.key left join teams t on t.id = e.team_id`,
  },
};

const PERCENTILES = [50, 75, 90, 95] as const;

// Name in the answer, and how it is computed over the chosen incidents.
const AGGREGATES: readonly (readonly [name: string, value: string])[] = [
  ["mean_assignment_count", "round(avg(assignment_count))::int"],
  ["mean_engaged_seconds", "round(avg(engaged_ms) / 1000)::int"],
  ["mean_engaged_user_count", "round(avg(engaged_user_count))::int"],
  ["mean_seconds_to_engage", "round(avg(ms_to_engage) / 1000)::int"],
  ["mean_seconds_to_first_ack", "round(avg(ack))::int"],
  ["mean_seconds_to_mobilize", "round(avg(ms_to_mobilise) / 1000)::int"],
  ["mean_seconds_to_resolve", "round(avg(resolve))::int"],
  ["mean_user_defined_engaged_seconds", "round(avg(coalesce(effort_ms, engaged_ms)) / 1000)::int"],
  ["total_business_hour_interruptions", "sum(business_interruption_count)::int"],
  ["total_engaged_seconds", "coalesce(sum(engaged_ms) / 1000, 0)::bigint::float8"],
  ["total_escalation_count", "sum(escalation_count)::int"],
  ["total_high_urgency_incidents", "(count(*) filter (where urgency = 'high'))::int"],
  ["total_incident_count", "count(*)::int"],
  ["total_incidents_acknowledged", "count(first_ack_at)::int"],
  ["total_incidents_auto_resolved", "(count(*) filter (where auto_resolved))::int"],
  ["total_incidents_manual_escalated", "(count(*) filter (where manual_escalation_count > 0))::int"],
  ["total_incidents_reassigned", "(count(*) filter (where reassignment_count > 0))::int"],
  ["total_incidents_resolved", "count(resolve)::int"],
  ["total_incidents_timeout_escalated", "(count(*) filter (where timeout_escalation_count > 0))::int"],
  ["total_interruptions", "sum(interruption_count)::int"],
  ["total_low_urgency_incidents", "(count(*) filter (where urgency = 'low'))::int"],
  ["total_major_incidents", "(count(*) filter (where major))::int"],
  ["total_notifications", "sum(notification_count)::int"],
  ["total_off_hour_interruptions", "sum(off_hour_interruption_count)::int"],
  ["total_sleep_hour_interruptions", "sum(sleep_interruption_count)::int"],
  ["total_snoozed_seconds", "(sum(snoozed_ms) / 1000)::bigint::float8"],
  [
    "total_user_defined_engaged_seconds",
    "coalesce(sum(coalesce(effort_ms, engaged_ms)) / 1000, 0)::bigint::float8",
  ],
  ["ack_percentiles", percentilesOf("ack")],
  ["resolve_percentiles", percentilesOf("resolve")],
];

const MEASURES = sql.raw(AGGREGATES.map(([name, value]) => `${value} as ${name}`).join(", "));
const NAMES = sql.raw(
  [
    ...AGGREGATES.map(([name]) => `m.${name}`).filter((name) => !name.endsWith("_percentiles")),
    ...PERCENTILES.flatMap((percent, index) => [
      `round(m.ack_percentiles[${index + 1}]::numeric)::int as p${percent}_seconds_to_first_ack`,
      `round(m.resolve_percentiles[${index + 1}]::numeric)::int as p${percent}_seconds_to_resolve`,
    ]),
  ].join(", "),
);

function percentilesOf(column: string): string {
  const shares = PERCENTILES.map((percent) => percent / 100).join(", ");
  return `percentile_cont(array[${shares}]) within group (order by ${column})`;
}

/**
 * The seconds within each range at which at least one major incident was open, whenever it began; overlaps count once. A range that has
 * not ended is taken up to now.
 */
function downTime({
  filter,
  unit,
  timeZone,
  key,
  bucket,
}: Input & { key: SQL; bucket: (column: SQL) => SQL }) {
  const [from, to] = [at(filter.from), sql`least(${at(filter.to)}, now())`];
  const spans =
    unit === null
      ? sql`select null::timestamp as bucket, ${from} as starts_at, ${to} as ends_at`
      : sql`
        select b as bucket, greatest(${from}, b at time zone ${timeZone}) as starts_at,
          least(${to}, (b + ${`1 ${unit}`}::interval) at time zone ${timeZone}) as ends_at
        from generate_series(${bucket(from)}, ${to} at time zone ${timeZone}, ${`1 ${unit}`}::interval) b`;
  return sql`
    spans as (${spans}),
    ranges as (select bucket, extract(epoch from ends_at - starts_at)::float8 as seconds from spans where ends_at > starts_at),
    down as (
      select ${key} as key, f.created_at as starts_at, coalesce(f.resolved_at, now()) as ends_at
      from incident_facts f
      where f.major and ${openWithin(sql`f.created_at`, sql`f.resolved_at`, from, to)}
        and f.created_at < ${to} and coalesce(f.resolved_at, now()) > ${from} and ${metricTraits(filter)}
    ),
    unions as (
      select d.key, s.bucket,
        range_agg(tstzrange(greatest(d.starts_at, s.starts_at), least(d.ends_at, s.ends_at))) as whole
      from down d join spans s on d.starts_at < s.ends_at and d.ends_at > s.starts_at
      group by d.key, s.bucket
    ),
    down_seconds as (
      select key, bucket, (
        select sum(extract(epoch from upper(one) - lower(one))) from unnest(whole) one
      )::float8 as seconds
      from unions
    )`;
}
