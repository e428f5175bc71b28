import { sql } from "drizzle-orm";
import type { Context } from "#lib/context";
import { CLOCKS, EVERY_INCIDENT, incidentsHref } from "#lib/incidents/filter";
import type { Clock, IncidentFilter } from "#lib/incidents/filter";
import { INTERRUPTION_CLASSES } from "#lib/notifications/interruption";
import { EVERY_INTERRUPTION, interruptionsHref } from "#lib/reports/interruption-filter";
import type { Load } from "#lib/reports/on-call-health-report";
import { neighbour, packPeriod } from "#lib/reports/pack-period";
import type { PackPeriod, PackUnit } from "#lib/reports/pack-period";
import type { MajorIncident, PackReport } from "#lib/reports/pack-report";
import { interruptionsOf } from "#lib/reports/queries/interruption-scope";
import { compareClock, IMPACT_MINUTES, readFigures } from "#lib/reports/queries/pack-figures";
import { inReport, readBegan, whereOf } from "#lib/reports/queries/report-scope";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import { populationOf } from "#lib/reports/report-filter";
import type { ReportFilter } from "#lib/reports/report-filter";
import { compareRates, compareShares } from "#lib/statistics/comparison";
import type { Verdict } from "#lib/statistics/verdict";
import { verdictOnCounts } from "#lib/statistics/verdict";

const COURSE = 13;
const MOST_MAJORS = 60;

/**
 * What a calendar week, month or quarter amounted to beside the one before it, and which of the differences a test supports. Of the filter
 * its teams, services and features count; the rest is what the report itself tells apart.
 */
export async function readPackReport(
  ctx: Context,
  given: ReportFilter,
  asked: { unit: PackUnit; key: string | null },
): Promise<PackReport> {
  const { team, service, feature } = given.incidents;
  const filter = { ...given, incidents: { ...EVERY_INCIDENT, team, service, feature } };
  return inReport(ctx, filter, async (scope) => {
    const { now, viewer } = scope;
    const instant = now.getTime();
    const period = packPeriod(asked.unit, asked.key, viewer.timeZone, instant);
    const previous = neighbour(period, -1, viewer.timeZone);
    const next = neighbour(period, 1, viewer.timeZone);
    const [mine, earlier] = [populationOf(filter, period), populationOf(filter, previous)];
    const course = courseOf(period, viewer.timeZone);
    const [figures, before, load, loadBefore, clocks, majors, causes, teams, counts, began] =
      await Promise.all([
        readFigures(scope, mine),
        readFigures(scope, earlier),
        readLoad(scope, filter, period),
        readLoad(scope, filter, previous),
        Promise.all(CLOCKS.map((clock) => compareClock(scope, clock, mine, earlier))),
        readMajors(scope, mine),
        readCauses(scope, mine),
        readTeams(scope, mine),
        readCourse(scope, filter, course),
        readBegan(scope, mine),
      ]);
    const elapsed = (one: PackPeriod) => Math.max(1, Math.min(one.end, instant) - one.start);
    const points = course.map((one, place) => ({
      ...one,
      incomplete: one.end > instant || one.start < began,
      ...counts[place],
    }));
    const verdictOf = (count: (point: { incidents: number; sleep: number }) => number) =>
      verdictOnCounts(
        points.map((point) => ({ count: count(withDefaults(point)), incomplete: point.incomplete })),
      );
    return {
      generatedAt: now.toISOString(),
      timeZone: viewer.timeZone,
      unit: period.unit,
      period,
      previous,
      next: next.start < instant ? next : null,
      incomplete: period.end > instant,
      now: figures,
      before,
      load,
      loadBefore,
      verdicts: {
        major: compareRates(
          { count: figures.major.count, exposure: elapsed(period) },
          { count: before.major.count, exposure: elapsed(previous) },
        ),
        found: compareShares(
          { hits: figures.found.ours.count, n: figures.found.known.count },
          { hits: before.found.ours.count, n: before.found.known.count },
        ),
        clocks: Object.fromEntries(CLOCKS.map((clock, place) => [clock, clocks[place]])) as Record<
          Clock,
          Verdict
        >,
        incidents: verdictOf(({ incidents }) => incidents),
        sleep: verdictOf(({ sleep }) => sleep),
      },
      course: points.map((point) => ({
        label: point.label,
        incomplete: point.incomplete,
        ...withDefaults(point),
      })),
      majors,
      causes,
      teams,
    };
  });
}

type CourseCounts = { incidents: number; major: number; impactMinutes: number; sleep: number };

function withDefaults(point: Partial<CourseCounts>): CourseCounts {
  const { incidents = 0, major = 0, impactMinutes = 0, sleep = 0 } = point;
  return { incidents, major, impactMinutes, sleep };
}

/** The weeks, or months, that end with the period. */
function courseOf(period: PackPeriod, timeZone: string): PackPeriod[] {
  const unit = period.unit === "week" ? "week" : "month";
  const last =
    period.unit === "quarter" ? packPeriod("month", lastMonthOf(period), timeZone, period.start) : period;
  return Array.from({ length: COURSE }, (_, place) =>
    neighbour({ ...last, unit }, place - COURSE + 1, timeZone),
  );
}

function lastMonthOf({ key }: PackPeriod): string {
  const [year, quarter] = key.split("-Q");
  return `${year}-${String(Number(quarter) * 3).padStart(2, "0")}`;
}

async function readCourse(
  { tx, viewer }: ReportScope,
  filter: ReportFilter,
  course: readonly PackPeriod[],
): Promise<CourseCounts[]> {
  const whole = { start: course[0]?.start ?? 0, end: course.at(-1)?.end ?? 0 };
  const population = populationOf(filter, whole);
  const starts = sql.param(course.map(({ start }) => new Date(start).toISOString()));
  const edges = sql`(select ${starts}::text[]::timestamptz[])`;
  const [incidents, sleep] = await Promise.all([
    tx.execute<Omit<CourseCounts, "sleep"> & { place: number }>(sql`
      select width_bucket(created_at, ${edges}) as place, count(*)::int as incidents,
        count(*) filter (where major)::int as major, coalesce(sum(${IMPACT_MINUTES}), 0)::float8 as "impactMinutes"
      from incident_facts where ${whereOf(population, viewer)} group by 1`),
    tx.execute<{ place: number; sleep: number }>(sql`
      select width_bucket(r.at, ${edges}) as place, count(*)::int as sleep
      ${interruptionsOf({ ...EVERY_INTERRUPTION, class: "sleep", incidents: rangOf(filter, whole) }, viewer)} group by 1`),
  ]);
  return course.map((_, index) => ({
    ...withDefaults(incidents.find(({ place }) => place === index + 1) ?? {}),
    sleep: sleep.find(({ place }) => place === index + 1)?.sleep ?? 0,
  }));
}

/** Whatever rang counts, also of merged incidents and those that a machine resolved. */
function rangOf(filter: ReportFilter, period: { start: number; end: number }): IncidentFilter {
  return populationOf({ ...filter, includeMerged: true, includeAuto: true }, period);
}

async function readLoad(
  { tx, viewer }: ReportScope,
  filter: ReportFilter,
  period: PackPeriod,
): Promise<Load> {
  const interruptions = { ...EVERY_INTERRUPTION, incidents: rangOf(filter, period) };
  const rows = await tx.execute<{ class: string; count: number }>(sql`
    select r.class, count(*)::int as count ${interruptionsOf(interruptions, viewer)} group by 1`);
  const classes = INTERRUPTION_CLASSES.map((kind) => ({
    class: kind,
    count: rows.find((row) => row.class === kind)?.count ?? 0,
    href: interruptionsHref({ ...interruptions, class: kind }),
  }));
  const total = classes.reduce((sum, { count }) => sum + count, 0);
  return { total: { count: total, href: interruptionsHref(interruptions) }, classes };
}

async function readMajors({ tx, viewer }: ReportScope, population: IncidentFilter): Promise<MajorIncident[]> {
  const rows = await tx.execute<MajorIncident>(sql`
    select m.number, i.title, s.name as service, coalesce(p.name, 'none') as priority,
      (extract(epoch from m.created_at) * 1000)::float8 as "from", (extract(epoch from m.resolved_at) * 1000)::float8 as "to",
      m.customers_affected as "customersAffected"
    from (
      select * from incident_facts where ${whereOf({ ...population, major: true }, viewer)}
      order by priority_rank, created_at limit ${MOST_MAJORS}
    ) m
    join incidents i on i.id = m.incident_id
    join services s on s.id = m.service_id
    left join priorities p on p.rank = m.priority_rank
    order by m.created_at`);
  return [...rows];
}

async function readCauses(
  { tx, viewer }: ReportScope,
  population: IncidentFilter,
): Promise<PackReport["causes"]> {
  const rows = await tx.execute<{ key: string | null; minutes: number; count: number }>(sql`
    select cause_class as key, coalesce(sum(${IMPACT_MINUTES}), 0)::float8 as minutes, count(*)::int as count
    from incident_facts where ${whereOf({ ...population, impact: true }, viewer)}
    group by 1 order by minutes desc`);
  return rows.map(({ key, minutes, count }) => ({
    key: key ?? "none",
    minutes,
    incidents: {
      count,
      href: incidentsHref({
        ...population,
        impact: true,
        cause: [(key ?? "none") as IncidentFilter["cause"][number]],
      }),
    },
  }));
}

async function readTeams(
  { tx, viewer }: ReportScope,
  population: IncidentFilter,
): Promise<PackReport["teams"]> {
  const rows = await tx.execute<{
    key: string | null;
    name: string | null;
    all: number;
    high: number;
    major: number;
  }>(sql`
    select g.id as key, g.name, count(*)::int as all, count(*) filter (where f.urgency = 'high')::int as high,
      count(*) filter (where f.major)::int as major
    from (select * from incident_facts where ${whereOf(population, viewer)}) f
    join services v on v.id = f.service_id left join teams g on g.id = v.team_id
    group by 1, 2 order by 3 desc, 2`);
  return rows.map(({ key, name, all, high, major }) => {
    const own = { ...population, team: [key ?? "none"] };
    return {
      key: key ?? "none",
      name: name ?? "No team",
      incidents: { count: all, href: incidentsHref(own) },
      high: { count: high, href: incidentsHref({ ...own, urgency: ["high"] }) },
      major: { count: major, href: incidentsHref({ ...own, major: true }) },
    };
  });
}
