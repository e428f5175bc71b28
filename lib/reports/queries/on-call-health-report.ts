import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Context } from "#lib/context";
import { EVERY_INTERRUPTION, interruptionsHref } from "#lib/reports/interruption-filter";
import type { InterruptionFilter } from "#lib/reports/interruption-filter";
import { poissonInterval } from "#lib/statistics/poisson-interval";
import type { HealthPeriod, HealthReport, PersonLoad, TeamLoad } from "#lib/reports/on-call-health-report";
import { unitOf } from "#lib/reports/period";
import type { ReportPeriod } from "#lib/reports/period";
import { selecting } from "#lib/reports/queries/grouped";
import { loadOf } from "#lib/reports/queries/load";
import type { LoadCell } from "#lib/reports/queries/load";
import { loadsOf } from "#lib/reports/queries/loads";
import { visiblePeople } from "#lib/reports/queries/interruption-scope";
import { inReport, judgedPeriods, pagedHere } from "#lib/reports/queries/report-scope";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import type { ReportFilter } from "#lib/reports/report-filter";
import { behaviourOfCounts, verdictOnCounts } from "#lib/statistics/verdict";
import { WEEK } from "#lib/time/calendar";

type HealthScope = ReportScope & { interruptions: InterruptionFilter };
/**
 * What paging costs people: interruptions by the person's own clock, over time, by hour, team and person. Merged incidents and those that a
 * machine resolved count: they rang as well. Names only of whom the viewer may see.
 */
export async function readHealthReport(ctx: Context, given: ReportFilter): Promise<HealthReport> {
  const filter = { ...given, includeMerged: true, includeAuto: true };
  return inReport(ctx, filter, async (report) => {
    const interruptions = { ...EVERY_INTERRUPTION, incidents: report.population };
    const scope: HealthScope = { ...report, interruptions };
    const { range, now, viewer } = report;
    const unit = unitOf(range);
    const weeks = Math.max(0, Math.min(range.end, now.getTime()) - range.start) / WEEK;
    const periods = await judgedPeriods({ ...report, population: pagedHere(report.population) }, unit);
    const [visible, loads] = await Promise.all([
      visiblePeople(report.tx, ctx.actor),
      readLoads(scope, periods),
    ]);
    const inPeriods = periodsFrom(scope, periods, loads.periods);
    const sleep = inPeriods.map(({ classes, incomplete }) => ({
      count: classes.find((one) => one.class === "sleep")?.count ?? 0,
      incomplete,
    }));
    return {
      generatedAt: now.toISOString(),
      timeZone: viewer.timeZone,
      from: new Date(range.start).toISOString(),
      to: new Date(range.end).toISOString(),
      unit,
      weeks,
      all: { ...loadOf(interruptions, loads.classes), people: loads.people, hours: loads.hours },
      periods: inPeriods,
      ...behaviourOfCounts(sleep),
      verdict: verdictOnCounts(sleep),
      heat: heatFrom(scope, loads.heat),
      teams: teamsFrom(scope, weeks, loads),
      ...peopleFrom(scope, weeks, loads.persons, visible),
    };
  });
}

type Person = LoadCell & { key: string; name: string; nights: number; streak: number };
type Team = { key: string | null; name: string | null; people: number; hours: number };
type Loads = {
  classes: LoadCell[];
  people: number;
  hours: number;
  periods: (LoadCell & { period: number })[];
  heat: { weekday: number; hour: number; count: number }[];
  teams: Team[];
  teamClasses: (LoadCell & { key: string | null })[];
  /** One row for each class that a person has. */
  persons: Person[];
};

/** All that the report counts, from one pass over the loads. Grouped by hashing: to sort by ids takes several times as long. */
async function readLoads(
  { tx, population, viewer }: HealthScope,
  periods: readonly ReportPeriod[],
): Promise<Loads> {
  const starts = sql.param(periods.map(({ start }) => new Date(start).toISOString()));
  const [row] = await tx.execute<Loads>(sql`
    with loads as materialized (
      select r.*, s.team_id, width_bucket(r.at, (select ${starts}::text[]::timestamptz[])) as period
      ${loadsOf(population, viewer)} join services s on s.id = r.service_id
    ),
    hours as materialized (select team_id, user_id, date_trunc('hour', at) as hour from loads group by 1, 2, 3),
    nights as (select user_id, night from loads where night is not null group by 1, 2),
    runs as (
      select user_id, night - (row_number() over (partition by user_id collate "C" order by night))::int as run from nights
    ),
    streaks as (select user_id, count(*)::int as length from runs group by user_id, run),
    rest as (select user_id, sum(length)::int as nights, max(length) as streak from streaks group by user_id)
    select
      ${rows(sql`select class, sum(count)::int as count from loads group by 1`)} as classes,
      (select count(*)::int from (select from hours group by user_id) h) as people,
      (select count(*)::int from (select from hours group by user_id, hour) h) as hours,
      ${rows(sql`select period, class, sum(count)::int as count from loads group by 1, 2`)} as periods,
      ${rows(sql`select weekday, hour, sum(count)::int as count from loads group by 1, 2`)} as heat,
      ${rows(sql`
        select h.team_id as key, g.name, h.people, h.hours
        from (
          select team_id, count(*)::int as people, sum(hours)::int as hours
          from (select team_id, user_id, count(*) as hours from hours group by 1, 2) p group by 1
        ) h left join teams g on g.id = h.team_id`)} as teams,
      ${rows(sql`select team_id as key, class, sum(count)::int as count from loads group by 1, 2`)} as "teamClasses",
      ${rows(sql`
        select l.user_id as key, u.name, l.class, l.count, coalesce(n.nights, 0) as nights, coalesce(n.streak, 0) as streak
        from (select user_id, class, sum(count)::int as count from loads group by 1, 2) l
        join users u on u.id = l.user_id
        left join rest n on n.user_id = l.user_id`)} as persons`);
  if (!row) throw new Error("An aggregate always has a row.");
  return row;
}

/** The rows of a query as one value. */
function rows(query: SQL): SQL {
  return sql`(select coalesce(jsonb_agg(x), '[]') from (${query}) x)`;
}

function periodsFrom(
  { interruptions, population }: HealthScope,
  periods: readonly ReportPeriod[],
  cells: Loads["periods"],
): HealthPeriod[] {
  return periods.map(({ day, incomplete, start, end }, place) => {
    const within = { from: new Date(start).toISOString(), to: new Date(end).toISOString() };
    const own = { ...interruptions, incidents: { ...population, ...within } };
    const mine = cells.filter(({ period }) => period === place + 1);
    return { day, incomplete, ...loadOf(own, mine) };
  });
}

function heatFrom({ interruptions }: HealthScope, cells: Loads["heat"]): HealthReport["heat"] {
  return Array.from({ length: 7 }, (_, day) =>
    Array.from({ length: 24 }, (_hour, hour) => ({
      count: cells.find((cell) => cell.weekday === day + 1 && cell.hour === hour)?.count ?? 0,
      href: interruptionsHref({ ...interruptions, weekday: day + 1, hour }),
    })),
  );
}

function teamsFrom(
  { interruptions, population }: HealthScope,
  weeks: number,
  { teams, teamClasses }: Loads,
): TeamLoad[] {
  return teams
    .map(({ key, name, people, hours }): TeamLoad => {
      const incidents = { ...population, ...selecting("team", key ?? "none") };
      const mine = teamClasses.filter((cell) => cell.key === key);
      const load = loadOf({ ...interruptions, incidents }, mine);
      return {
        key: key ?? "none",
        name: name ?? "No team",
        people,
        hours,
        perPersonWeek: load.total.count / Math.max(1, people) / Math.max(weeks, 1 / 7),
        ...load,
      };
    })
    .toSorted((a, b) => b.total.count - a.total.count || a.name.localeCompare(b.name, "en"));
}

function peopleFrom(
  { interruptions }: HealthScope,
  weeks: number,
  cells: readonly Person[],
  visible: ReadonlySet<string> | null,
): Pick<HealthReport, "people" | "hidden"> {
  const everybody = [...Map.groupBy(cells, ({ key }) => key).values()];
  const shown = everybody.filter(([first]) => first && (visible === null || visible.has(first.key)));
  return {
    hidden: everybody.length - shown.length,
    people: shown
      .flatMap((mine): PersonLoad[] => {
        const [first] = mine;
        if (!first) return [];
        const { key, name, nights, streak } = first;
        const sleep = mine.find((cell) => cell.class === "sleep")?.count ?? 0;
        const load = loadOf({ ...interruptions, person: key }, mine);
        return [{ key, name, nights, streak, perWeek: perWeekOf(sleep, weeks), ...load }];
      })
      .toSorted((a, b) => b.nights - a.nights || a.name.localeCompare(b.name, "en")),
  };
}

function perWeekOf(count: number, weeks: number): PersonLoad["perWeek"] {
  const { low, high } = poissonInterval(count);
  const per = (value: number) => value / Math.max(weeks, 1 / 7);
  return { value: per(count), low: per(low), high: per(high) };
}
