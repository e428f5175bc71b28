import { sql } from "drizzle-orm";
import type { Context } from "#lib/context";
import { incidentsHref } from "#lib/incidents/filter";
import { causeName } from "#lib/reports/cause-name";
import { unitOf } from "#lib/reports/period";
import type { ReportPeriod } from "#lib/reports/period";
import { readChanges } from "#lib/reports/queries/changes";
import { GROUPED, selecting } from "#lib/reports/queries/grouped";
import { inReport, judgedPeriods, readFrame } from "#lib/reports/queries/report-scope";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import { judgeRows, stretchesOf } from "#lib/reports/trends";
import type { Stretches } from "#lib/reports/trends";
import type { Dimension, TrendsFilter } from "#lib/reports/trends-filter";
import type { TrendRow, TrendsReport } from "#lib/reports/trends-report";
import { behaviourOfCounts, verdictOnCounts } from "#lib/statistics/verdict";

// More rows than people read; the CSV has all of them.
const MOST_ROWS = 50;
const MOST_WEEKS = 27;

type CellRow = { key: string | null; name: string | null; period: number; count: number };

/**
 * Where incidents come from and whether that changes: by feature, service, team or cause and week or month, beside the changes of the
 * services. Every number has the list of exactly as many incidents. `all` gives every row instead of the largest fifty.
 */
export async function readTrendsReport(
  ctx: Context,
  filter: TrendsFilter,
  all = false,
): Promise<TrendsReport> {
  return inReport(ctx, filter, async (scope) => {
    const unit = unitOf(scope.range, MOST_WEEKS);
    const periods = await judgedPeriods(scope, unit);
    const [frame, cells, changes] = await Promise.all([
      readFrame(scope),
      readCells(scope, periods),
      readChanges(scope, periods),
    ]);
    const stretches = stretchesOf(periods);
    const rows = rowsOf(scope, periods, cells, stretches);
    const shown = all ? rows : rows.slice(0, MOST_ROWS);
    const counts = periods.map(({ incomplete }, place) => ({
      count: rows.reduce((sum, row) => sum + (row.cells[place]?.count ?? 0), 0),
      incomplete,
    }));
    return {
      ...frame,
      unit,
      periods: periods.map((period, place) => ({
        day: period.day,
        incomplete: period.incomplete,
        incidents: { count: counts[place]?.count ?? 0, href: incidentsHref(within(scope, [period])) },
        changes: changes.perPeriod[place] ?? 0,
      })),
      ...behaviourOfCounts(counts),
      verdict: verdictOnCounts(counts),
      stretches: stretches && { recent: stretches.recent.length, earlier: stretches.earlier.length },
      rows: shown,
      more: {
        rows: rows.length - shown.length,
        incidents: rows.slice(shown.length).reduce((sum, { total }) => sum + total.count, 0),
      },
      afterChanges: changes.afterChanges,
      afterAnyChange: changes.afterAnyChange,
      followed: changes.followed,
    };
  });
}

async function readCells(
  { tx, filter, chosen }: ReportScope<TrendsFilter>,
  periods: readonly ReportPeriod[],
) {
  const { key, join, name } = GROUPED[filter.by];
  const starts = sql.param(periods.map(({ start }) => new Date(start).toISOString()));
  return tx.execute<CellRow>(sql`
    select ${key} as key, ${name} as name,
      width_bucket(f.created_at, (select ${starts}::text[]::timestamptz[])) as period, count(*)::int as count
    from (select * ${chosen}) f ${join}
    group by 1, 2, 3`);
}

function rowsOf(
  scope: ReportScope<TrendsFilter>,
  periods: readonly ReportPeriod[],
  cells: readonly CellRow[],
  stretches: Stretches | null,
): TrendRow[] {
  const { by } = scope.filter;
  const groups = Map.groupBy(cells, ({ key }) => key ?? "none");
  const counted = [...groups].map(([key, row]) => {
    const counts = periods.map((_, place) => row.find(({ period }) => period === place + 1)?.count ?? 0);
    return { key, name: nameOf(by, row[0]?.name ?? null), counts };
  });
  const changes = stretches
    ? judgeRows(
        counted.map(({ counts }) => counts),
        periods.map(({ start, end }) => end - start),
        stretches,
      )
    : [];
  const rows = counted.map(({ key, name, counts }, place): TrendRow => {
    const own = { ...scope, population: { ...scope.population, ...selecting(by, key) } };
    const change = changes[place] ?? null;
    const recent = periods.filter((_, index) => stretches?.recent.includes(index));
    return {
      key,
      name,
      total: { count: counts.reduce((sum, count) => sum + count, 0), href: incidentsHref(own.population) },
      cells: counts.map((count, index) => ({
        count,
        href: incidentsHref(within(own, periods.slice(index, index + 1))),
      })),
      change: change && {
        ...change,
        recent: { count: change.count, href: incidentsHref(within(own, recent)) },
      },
    };
  });
  return rows.toSorted((a, b) => b.total.count - a.total.count || a.name.localeCompare(b.name, "en"));
}

function nameOf(by: Dimension, name: string | null): string {
  if (name === null) return by === "cause" ? "Not found out" : `No ${by}`;
  return by === "cause" ? causeName(name) : name;
}

/** The population within neighbouring periods. */
function within({ population }: Pick<ReportScope, "population">, periods: readonly ReportPeriod[]) {
  const [first, last] = [periods[0], periods.at(-1)];
  return {
    ...population,
    from: first ? new Date(first.start).toISOString() : population.from,
    to: last ? new Date(last.end).toISOString() : population.to,
  };
}
