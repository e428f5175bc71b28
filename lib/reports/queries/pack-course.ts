import { incidentsHref } from "#lib/incidents/filter";
import { neighbour, packPeriod } from "#lib/reports/pack-period";
import type { PackPeriod } from "#lib/reports/pack-period";
import type { PackReport } from "#lib/reports/pack-report";
import { noticedMs } from "#lib/reports/fact-columns";
import type { FactColumns } from "#lib/reports/fact-columns";
import { classesBy } from "#lib/reports/load-columns";
import type { LoadColumns } from "#lib/reports/load-columns";
import { periodPlaces } from "#lib/reports/period";
import type { Range } from "#lib/reports/period";
import { bitOf } from "#lib/reports/traits";
import { isWithin, pagedHere, readBegan } from "#lib/reports/queries/report-scope";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import { populationOf } from "#lib/reports/report-filter";
import type { ReportFilter } from "#lib/reports/report-filter";
import { verdictOnCounts } from "#lib/statistics/verdict";

const COURSE = 13;

type Course = { points: PackReport["course"]; verdicts: Pick<PackReport["verdicts"], "incidents" | "sleep"> };

/** What these incidents and loads amount to in the weeks or months of a course, and the verdicts on what comes in bursts. */
export async function readCourse(
  scope: ReportScope,
  filter: ReportFilter,
  course: readonly PackPeriod[],
  { facts, loads, unseen }: { facts: FactColumns; loads: LoadColumns; unseen: Range | null },
): Promise<Course> {
  const { now, population } = scope;
  const [began, paging] = await Promise.all([
    readBegan(scope, population),
    readBegan(scope, pagedHere(population)),
  ]);
  const counts = countsOf(facts, loads, course, now.getTime());
  const points = course.map((one, place) => {
    const { noticed = 0, incidents = 0, major = 0, impactMinutes = 0, sleep = 0 } = counts[place] ?? {};
    const rest = { incidents, major, impactMinutes, sleep };
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

/** The weeks, or months, that end with the period. */
export function courseOf(period: PackPeriod, timeZone: string): PackPeriod[] {
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

function countsOf(
  facts: FactColumns,
  loads: LoadColumns,
  course: readonly PackPeriod[],
  now: number,
): CourseCounts[] {
  const counts = course.map(() => ({ incidents: 0, major: 0, noticed: 0, impact: 0 }));
  const [major, noticed] = [bitOf("major"), bitOf("impact")];
  for (const [place, period] of periodPlaces(facts.created, course).entries()) {
    const own = counts[period];
    const traits = facts.traits[place] ?? 0;
    if (!own) continue;
    own.incidents += 1;
    if ((traits & major) !== 0) own.major += 1;
    if ((traits & noticed) !== 0) own.noticed += 1;
    own.impact += noticedMs(facts, place, now);
  }
  const classes = classesBy(loads, periodPlaces(loads.at, course), course.length);
  return counts.map(({ impact, ...own }, place) => ({
    ...own,
    impactMinutes: impact / 60_000,
    sleep: classes[place]?.find((cell) => cell.class === "sleep")?.count ?? 0,
  }));
}
