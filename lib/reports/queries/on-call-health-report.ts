import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Context } from "#lib/context";
import { interruptionsHref } from "#lib/reports/interruption-filter";
import type { InterruptionFilter } from "#lib/reports/interruption-filter";
import { poissonInterval } from "#lib/statistics/poisson-interval";
import type { HealthPeriod, HealthReport, PersonLoad, TeamLoad } from "#lib/reports/on-call-health-report";
import { unitOf } from "#lib/reports/period";
import type { ReportPeriod } from "#lib/reports/period";
import { GROUPED, selecting } from "#lib/reports/queries/grouped";
import { interruptionsOf, visiblePeople } from "#lib/reports/queries/interruption-scope";
import { CLASS_COUNTS, loadOf } from "#lib/reports/queries/load";
import type { ClassCounts } from "#lib/reports/queries/load";
import { inReport, judgedPeriods } from "#lib/reports/queries/report-scope";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import type { ReportFilter } from "#lib/reports/report-filter";
import { behaviourOfCounts, verdictOnCounts } from "#lib/statistics/verdict";
import { WEEK } from "#lib/time/calendar";

type HealthScope = ReportScope & { interruptions: InterruptionFilter; chosenInterruptions: SQL };

const HOURS = sql.raw("count(distinct (r.user_id, date_trunc('hour', r.at)))::int as hours");

/**
 * What paging costs people: interruptions by the person's own clock, over time, by hour, team and person. Merged incidents and those that a
 * machine resolved count: they rang as well. Names only of whom the viewer may see.
 */
export async function readHealthReport(ctx: Context, given: ReportFilter): Promise<HealthReport> {
  const filter = { ...given, includeMerged: true, includeAuto: true };
  return inReport(ctx, filter, async (report) => {
    const interruptions: InterruptionFilter = {
      incidents: report.population,
      person: null,
      class: null,
      weekday: null,
      hour: null,
    };
    const scope: HealthScope = {
      ...report,
      interruptions,
      chosenInterruptions: interruptionsOf(interruptions, report.viewer),
    };
    const { range, now, viewer } = report;
    const unit = unitOf(range);
    const weeks = Math.max(0, Math.min(range.end, now.getTime()) - range.start) / WEEK;
    const periods = await judgedPeriods(report, unit);
    const [all, rows, heat, teams, people] = await Promise.all([
      readAll(scope),
      readPeriods(scope, periods),
      readHeat(scope),
      readTeams(scope, weeks),
      readPeople(scope, ctx, weeks),
    ]);
    const sleep = rows.map(({ classes, incomplete }) => ({
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
      all,
      periods: rows,
      ...behaviourOfCounts(sleep),
      verdict: verdictOnCounts(sleep),
      heat,
      teams,
      ...people,
    };
  });
}

async function readAll(scope: HealthScope): Promise<HealthReport["all"]> {
  const [row] = await scope.tx.execute<ClassCounts & { people: number; hours: number }>(sql`
    select ${CLASS_COUNTS}, ${HOURS}, count(distinct r.user_id)::int as people ${scope.chosenInterruptions}`);
  return { ...loadOf(scope.interruptions, row), people: row?.people ?? 0, hours: row?.hours ?? 0 };
}

async function readPeriods(scope: HealthScope, periods: readonly ReportPeriod[]): Promise<HealthPeriod[]> {
  const starts = sql.param(periods.map(({ start }) => new Date(start).toISOString()));
  const rows = await scope.tx.execute<ClassCounts & { period: number }>(sql`
    select width_bucket(r.at, (select ${starts}::text[]::timestamptz[])) as period, ${CLASS_COUNTS}
    ${scope.chosenInterruptions} group by 1`);
  return periods.map(({ day, incomplete, start, end }, place) => {
    const within = { from: new Date(start).toISOString(), to: new Date(end).toISOString() };
    const own = { ...scope.interruptions, incidents: { ...scope.population, ...within } };
    return {
      day,
      incomplete,
      ...loadOf(
        own,
        rows.find(({ period }) => period === place + 1),
      ),
    };
  });
}

async function readHeat(scope: HealthScope): Promise<HealthReport["heat"]> {
  const rows = await scope.tx.execute<{ weekday: number; hour: number; count: number }>(sql`
    select r.weekday, r.hour, count(*)::int as count ${scope.chosenInterruptions} group by 1, 2`);
  return Array.from({ length: 7 }, (_, day) =>
    Array.from({ length: 24 }, (_hour, hour) => ({
      count: rows.find((row) => row.weekday === day + 1 && row.hour === hour)?.count ?? 0,
      href: interruptionsHref({ ...scope.interruptions, weekday: day + 1, hour }),
    })),
  );
}

async function readTeams(scope: HealthScope, weeks: number): Promise<TeamLoad[]> {
  const { join } = GROUPED.team;
  const rows = await scope.tx.execute<
    ClassCounts & { key: string | null; name: string | null; people: number; hours: number }
  >(sql`
    select g.id as key, g.name, ${CLASS_COUNTS}, ${HOURS}, count(distinct r.user_id)::int as people
    from (select r.*, r.service_id as f_service ${scope.chosenInterruptions}) r
    cross join lateral (select r.f_service as service_id) f ${join}
    group by 1, 2`);
  return rows
    .map(({ key, name, people, hours, ...classes }): TeamLoad => {
      const incidents = { ...scope.population, ...selecting("team", key ?? "none") };
      const load = loadOf({ ...scope.interruptions, incidents }, classes);
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

async function readPeople(
  scope: HealthScope,
  ctx: Context,
  weeks: number,
): Promise<Pick<HealthReport, "people" | "hidden">> {
  const visible = await visiblePeople(scope.tx, ctx.actor);
  const rows = await scope.tx.execute<
    ClassCounts & { key: string; name: string; nights: number | null; streak: number | null }
  >(sql`
    with mine as materialized (select r.* ${scope.chosenInterruptions}),
    nights as (
      -- The night from 22:00 to 08:00 belongs to the day on which it begins.
      select distinct user_id, ((at at time zone time_zone) - interval '8 hours')::date as night
      from mine where class = 'sleep'
    ),
    runs as (
      select user_id, night - (row_number() over (partition by user_id order by night))::int as run from nights
    ),
    streaks as (select user_id, count(*)::int as length from runs group by user_id, run)
    select r.user_id as key, u.name, ${CLASS_COUNTS},
      (select count(*)::int from nights n where n.user_id = r.user_id) as nights,
      (select max(length) from streaks s where s.user_id = r.user_id) as streak
    from mine r join users u on u.id = r.user_id
    group by r.user_id, u.name`);
  const shown = rows.filter(({ key }) => visible === null || visible.has(key));
  return {
    hidden: rows.length - shown.length,
    people: shown
      .map(({ key, name, nights, streak, ...classes }): PersonLoad => ({
        key,
        name,
        nights: nights ?? 0,
        streak: streak ?? 0,
        perWeek: perWeekOf(classes.sleep, weeks),
        ...loadOf({ ...scope.interruptions, person: key }, classes),
      }))
      .toSorted((a, b) => b.nights - a.nights || a.name.localeCompare(b.name, "en")),
  };
}

function perWeekOf(count: number, weeks: number): PersonLoad["perWeek"] {
  const { low, high } = poissonInterval(count);
  const per = (value: number) => value / Math.max(weeks, 1 / 7);
  return { value: per(count), low: per(low), high: per(high) };
}
