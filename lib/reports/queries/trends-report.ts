import type { Context } from "#lib/context";
import { incidentsHref } from "#lib/incidents/filter";
import { causeName } from "#lib/reports/cause-name";
import { periodPlaces, unitOf } from "#lib/reports/period";
import type { ReportPeriod } from "#lib/reports/period";
import { readChanges } from "#lib/reports/queries/changes";
import { grouped, selecting } from "#lib/reports/queries/grouped";
import type { Grouped } from "#lib/reports/queries/grouped";
import { readPopulation } from "#lib/reports/queries/population";
import { inReport, judgedPeriods } from "#lib/reports/queries/report-scope";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import { judgeRows, stretchesOf } from "#lib/reports/trends";
import type { Stretches } from "#lib/reports/trends";
import type { Dimension, TrendsFilter } from "#lib/reports/trends-filter";
import type { TrendRow, TrendsReport } from "#lib/reports/trends-report";
import { behaviourOfCounts, verdictOnCounts } from "#lib/statistics/verdict";

// More rows than people read; the CSV has all of them.
const MOST_ROWS = 50;
const MOST_WEEKS = 27;

type Counted = { key: string; name: string | null; counts: number[] };

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
    const [{ frame, facts, catalogue }, changes] = await Promise.all([
      readPopulation(scope),
      readChanges(scope, periods),
    ]);
    const stretches = stretchesOf(periods);
    const groups = grouped(facts, filter.by, catalogue);
    const rows = rowsOf(
      scope,
      periods,
      countsOf(groups, periodPlaces(facts.created, periods), periods.length),
      stretches,
    );
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

/** How many incidents each group had in each period. */
function countsOf({ groups, groupOf }: Grouped, periodOf: Int32Array, periods: number): Counted[] {
  const counts = new Uint32Array(groups.length * periods);
  for (let place = 0; place < groupOf.length; place += 1) {
    const cell = (groupOf[place] ?? 0) * periods + (periodOf[place] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return groups.map(({ key, name }, place) => ({
    key: key ?? "none",
    name,
    counts: [...counts.subarray(place * periods, (place + 1) * periods)],
  }));
}

function rowsOf(
  scope: ReportScope<TrendsFilter>,
  periods: readonly ReportPeriod[],
  groups: readonly Counted[],
  stretches: Stretches | null,
): TrendRow[] {
  const { by } = scope.filter;
  const counted = groups.map((group) => ({ ...group, name: nameOf(by, group.name) }));
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
