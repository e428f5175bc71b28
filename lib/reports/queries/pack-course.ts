import { sql } from "drizzle-orm";
import { incidentsHref } from "#lib/incidents/filter";
import { neighbour, packPeriod } from "#lib/reports/pack-period";
import type { PackPeriod } from "#lib/reports/pack-period";
import type { PackReport } from "#lib/reports/pack-report";
import { rangOf } from "#lib/reports/queries/load";
import { loadsOf } from "#lib/reports/queries/loads";
import { IMPACT_MINUTES, NOTICED } from "#lib/reports/queries/pack-figures";
import { isWithin, pagedHere, readBegan, readUnseen, whereOf } from "#lib/reports/queries/report-scope";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import { populationOf } from "#lib/reports/report-filter";
import type { ReportFilter } from "#lib/reports/report-filter";
import { verdictOnCounts } from "#lib/statistics/verdict";

const COURSE = 13;

type Course = { points: PackReport["course"]; verdicts: Pick<PackReport["verdicts"], "incidents" | "sleep"> };

/** The thirteen weeks or months that end with the period, and the verdicts on what comes in bursts. */
export async function readCourse(
  scope: ReportScope,
  filter: ReportFilter,
  period: PackPeriod,
): Promise<Course> {
  const { viewer, now } = scope;
  const course = courseOf(period, viewer.timeZone);
  const population = populationOf(filter, period);
  const [counts, unseen, began, paging] = await Promise.all([
    readCounts(scope, filter, course),
    readUnseen(scope),
    readBegan(scope, population),
    readBegan(scope, pagedHere(population)),
  ]);
  const points = course.map((one, place) => {
    const { noticed, ...rest } = withDefaults(counts[place] ?? {});
    return {
      label: one.label,
      day: one.unit === "week" ? one.key : `${one.key}-01`,
      incomplete: one.end > now.getTime() || one.start < began || isWithin(unseen, one),
      ...rest,
      noticed: { count: noticed, href: incidentsHref({ ...populationOf(filter, one), impact: true }) },
    };
  });
  return {
    points,
    verdicts: {
      incidents: verdictOnCounts(
        points.map(({ incidents, incomplete }) => ({ count: incidents, incomplete })),
      ),
      sleep: verdictOnCounts(
        points.map(({ sleep, incomplete }, place) => ({
          count: sleep,
          incomplete: incomplete || (course[place]?.start ?? 0) < paging,
        })),
      ),
    },
  };
}

type CourseCounts = {
  incidents: number;
  major: number;
  noticed: number;
  impactMinutes: number;
  sleep: number;
};

function withDefaults(point: Partial<CourseCounts>): CourseCounts {
  const { incidents = 0, major = 0, noticed = 0, impactMinutes = 0, sleep = 0 } = point;
  return { incidents, major, noticed, impactMinutes, sleep };
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

async function readCounts(
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
        count(*) filter (where major)::int as major, count(*) filter (where ${NOTICED})::int as noticed,
        coalesce(sum(${IMPACT_MINUTES}), 0)::float8 as "impactMinutes"
      from incident_facts where ${whereOf(population, viewer)} group by 1`),
    tx.execute<{ place: number; sleep: number }>(sql`
      select width_bucket(r.at, ${edges}) as place, sum(r.count)::int as sleep
      ${loadsOf(rangOf(filter, whole), viewer)} where r.class = 'sleep' group by 1`),
  ]);
  return course.map((_, index) => ({
    ...withDefaults(incidents.find(({ place }) => place === index + 1) ?? {}),
    sleep: sleep.find(({ place }) => place === index + 1)?.sleep ?? 0,
  }));
}
