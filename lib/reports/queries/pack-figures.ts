import { sql } from "drizzle-orm";
import { CLOCKS, incidentsHref } from "#lib/incidents/filter";
import type { Clock, IncidentFilter } from "#lib/incidents/filter";
import { clockColumn } from "#lib/incidents/queries/filter-conditions";
import { OURS } from "#lib/reports/detection-report";
import type { PackFigures } from "#lib/reports/pack-report";
import { openWithin } from "#lib/reports/queries/open-within";
import { whereOf } from "#lib/reports/queries/report-scope";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import { compareDurations } from "#lib/statistics/comparison";
import type { Ranks } from "#lib/statistics/rank-sum";
import type { Verdict } from "#lib/statistics/verdict";
import { wilson } from "#lib/statistics/wilson";

type FigureRow = Record<
  | "incidents"
  | "imported"
  | "high"
  | "major"
  | "escalated"
  | "ours"
  | "known"
  | "noticed"
  | "impact"
  | "customers"
  | "engaged",
  number
> &
  Record<`n_${Clock}`, number> &
  Record<`median_${Clock}`, number | null>;

/** Customers noticed: somebody said so, or they told us. */
export const NOTICED = sql.raw(
  "(coalesce(customer_impact, false) or detection_source in ('customer_report', 'partner', 'social'))",
);
const KNOWN = ["monitoring", "internal_person", "customer_report", "partner", "social"] as const;

/** The figures of the incidents that a filter selects. */
export async function readFigures(scope: ReportScope, population: IncidentFilter): Promise<PackFigures> {
  const [[row], withoutMajor] = await Promise.all([
    scope.tx.execute<FigureRow>(sql`
      select count(*)::int as incidents, count(*) filter (where origin = 'import')::int as imported,
        count(*) filter (where urgency = 'high')::int as high,
        count(*) filter (where major)::int as major,
        count(*) filter (where timeout_escalation_count > 0)::int as escalated,
        count(*) filter (where detection_source in ('monitoring', 'internal_person'))::int as ours,
        count(*) filter (where detection_source <> 'unknown')::int as known,
        count(*) filter (where ${NOTICED})::int as noticed,
        coalesce(sum(${IMPACT_MINUTES}), 0)::float8 as impact,
        coalesce(sum(customers_affected), 0)::float8 as customers,
        coalesce(sum(coalesce(effort_ms, engaged_ms)), 0)::float8 as engaged, ${clockFigures()}
      from incident_facts where ${whereOf(population, scope.viewer)}`),
    readWithoutMajor(scope, population),
  ]);
  if (!row) throw new Error("An aggregate always has a row.");
  return figuresOf(population, row, withoutMajor);
}

function figuresOf(population: IncidentFilter, row: FigureRow, withoutMajor: number | null): PackFigures {
  const counted = (count: number, change: Partial<IncidentFilter>) => ({
    count,
    href: incidentsHref({ ...population, ...change }),
  });
  const [ours, known] = [counted(row.ours, { detection: OURS }), counted(row.known, { detection: KNOWN })];
  return {
    incidents: counted(row.incidents, {}),
    imported: counted(row.imported, { origin: ["import"] }),
    high: counted(row.high, { urgency: ["high"] }),
    major: counted(row.major, { major: true }),
    withoutMajor,
    escalated: counted(row.escalated, { escalated: true }),
    found: { ours, known, proportion: wilson(ours.count, known.count) },
    clocks: CLOCKS.map((clock) => ({
      clock,
      n: row[`n_${clock}`],
      href: incidentsHref({ ...population, clock }),
      median: row[`median_${clock}`],
    })),
    noticed: counted(row.noticed, { impact: true }),
    impactMinutes: row.impact,
    customers: row.customers,
    engagedHours: row.engaged / 3_600_000,
  };
}

/** Minutes that customers noticed an incident; one that goes on counts until now. */
export const IMPACT_MINUTES = sql.raw(
  "greatest(0, extract(epoch from coalesce(impact_ended_at, now()) - impact_started_at)) / 60",
);

function clockFigures() {
  return sql.join(
    CLOCKS.flatMap((clock) => {
      const column = sql.identifier(clockColumn(clock).name);
      return [
        sql`count(${column})::int as ${sql.raw(`n_${clock}`)}`,
        sql`(percentile_cont(0.5) within group (order by ${column}))::float8 as ${sql.raw(`median_${clock}`)}`,
      ];
    }),
    sql`, `,
  );
}

/** One minus the union of the time in which a major incident was open, also of those that began before. */
export async function readWithoutMajor(
  { tx, viewer, now }: ReportScope,
  population: IncidentFilter,
): Promise<number | null> {
  if (population.from === null || population.to === null) return null;
  const open = { ...population, from: null, to: null, major: true };
  const to = new Date(Math.min(Date.parse(population.to), now.getTime())).toISOString();
  if (to <= population.from) return null;
  const [start, end] = [sql`${population.from}::timestamptz`, sql`${to}::timestamptz`];
  const [row] = await tx.execute<{ share: number }>(sql`
    with spans as (
      select range_agg(tstzrange(created_at, coalesce(resolved_at, now()))) * tstzmultirange(tstzrange(${start}, ${end})) as open
      from incident_facts
      where ${whereOf(open, viewer)} and ${openWithin(sql`created_at`, sql`resolved_at`, start, end)}
        and created_at < ${end} and coalesce(resolved_at, now()) > ${start}
        and created_at <= coalesce(resolved_at, now())
    )
    select (1 - coalesce((select sum(extract(epoch from upper(span) - lower(span))) from spans, unnest(spans.open) span), 0)
      / extract(epoch from ${end} - ${start}))::float8 as share`);
  return row?.share ?? null;
}

/** Whether the durations of a clock tend to differ between two selections, ranked in the database. */
export async function compareClock(
  { tx, viewer }: ReportScope,
  clock: Clock,
  now: IncidentFilter,
  before: IncidentFilter,
): Promise<Verdict> {
  const ms = sql.identifier(clockColumn(clock).name);
  const measured = (filter: IncidentFilter) => whereOf({ ...filter, clock }, viewer);
  const [row] = await tx.execute<Ranks>(sql`
    with both_periods as (
      select ${ms} as ms, 1 as mine from incident_facts where ${measured(now)}
      union all
      select ${ms}, 0 from incident_facts where ${measured(before)}
    ),
    tied as (
      select ms, count(*) as all_of, sum(mine) as mine from both_periods group by ms
    ),
    placed as (
      select all_of, mine, coalesce(sum(all_of) over (order by ms rows between unbounded preceding and 1 preceding), 0) as below
      from tied
    )
    select coalesce(sum(mine), 0)::float8 as n, coalesce(sum(all_of - mine), 0)::float8 as m,
      coalesce(sum(mine * (below + (all_of + 1) / 2.0)), 0)::float8 as "rankSum",
      coalesce(sum(all_of::numeric ^ 3 - all_of), 0)::float8 as ties
    from placed`);
  return compareDurations(row ?? { n: 0, m: 0, rankSum: 0, ties: 0 });
}
