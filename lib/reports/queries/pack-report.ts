import { sql } from "drizzle-orm";
import type { Context } from "#lib/context";
import { CLOCKS, EVERY_INCIDENT, incidentsHref } from "#lib/incidents/filter";
import type { Clock, IncidentFilter } from "#lib/incidents/filter";
import { getSettings } from "#lib/organisation/queries/settings";
import type { Pack } from "#lib/reports/pack-filter";
import { neighbour, packPeriod } from "#lib/reports/pack-period";
import type { PackPeriod, PackUnit } from "#lib/reports/pack-period";
import type { Range } from "#lib/reports/period";
import type { MajorIncident, PackFigures, PackReport } from "#lib/reports/pack-report";
import { readLoad } from "#lib/reports/queries/load";
import { readCourse } from "#lib/reports/queries/pack-course";
import { compareClock, IMPACT_MINUTES, readFigures } from "#lib/reports/queries/pack-figures";
import { readCommitments } from "#lib/problems/queries/commitments";
import { inReport, isWithin, readUnseen, whereOf } from "#lib/reports/queries/report-scope";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import { populationOf } from "#lib/reports/report-filter";
import type { ReportFilter } from "#lib/reports/report-filter";
import { readPeriodAvailability } from "#lib/service-levels/queries/availability";
import { compareRates, compareShares } from "#lib/statistics/comparison";
import type { Verdict } from "#lib/statistics/verdict";

const MOST_MAJORS = 60;

/** The report of an address, and whose it is. */
export async function loadPack(
  ctx: Context,
  pack: Pack,
): Promise<{ report: PackReport; organisation: string }> {
  const [report, settings] = await Promise.all([readPackReport(ctx, pack.filter, pack), getSettings(ctx)]);
  return { report, organisation: settings.organisation_name };
}

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
    const isFiltered = [team, service, feature].some((chosen) => chosen.length > 0);
    const [
      figures,
      before,
      load,
      loadBefore,
      clocks,
      majors,
      causes,
      teams,
      course,
      availability,
      commitments,
      unseen,
    ] = await Promise.all([
      readFigures(scope, mine),
      readFigures(scope, earlier),
      readLoad(scope, filter, period),
      readLoad(scope, filter, previous),
      Promise.all(CLOCKS.map((clock) => compareClock(scope, clock, mine, earlier))),
      readMajors(scope, mine),
      readCauses(scope, mine),
      readTeams(scope, mine),
      readCourse(scope, filter, period),
      readPeriodAvailability(
        scope.tx,
        { team, service, feature },
        { span: period, before: previous, now: instant },
      ),
      isFiltered ? null : readCommitments(scope.tx, period),
      readUnseen(scope),
    ]);
    const elapsed = (one: PackPeriod) => seenOf(one, unseen, instant);
    return {
      generatedAt: now.toISOString(),
      timeZone: viewer.timeZone,
      unit: period.unit,
      period,
      previous,
      next: next.start < instant ? next : null,
      incomplete: period.end > instant,
      unseen: isWithin(unseen, period) ? unseen : null,
      now: seen(figures, period, unseen),
      before: seen(before, previous, unseen),
      load,
      loadBefore,
      verdicts: {
        ...compare(figures, before, { now: elapsed(period), before: elapsed(previous) }),
        clocks: Object.fromEntries(CLOCKS.map((clock, place) => [clock, clocks[place]])) as Record<
          Clock,
          Verdict
        >,
        ...course.verdicts,
      },
      course: course.points,
      majors,
      availability,
      commitments,
      causes,
      teams,
    };
  });
}

/** Milliseconds of a period that were seen until now. */
function seenOf({ start, end }: PackPeriod, unseen: Range | null, now: number): number {
  const until = Math.min(end, now);
  const hidden =
    unseen === null ? 0 : Math.max(0, Math.min(until, unseen.end) - Math.max(start, unseen.start));
  return Math.max(1, until - start - hidden);
}

/** Without what would be said of a time of which nothing is known. */
function seen(figures: PackFigures, period: PackPeriod, unseen: Range | null): PackFigures {
  const isSeen = unseen === null || period.start < unseen.start || period.end > unseen.end;
  return isSeen ? figures : { ...figures, withoutMajor: null };
}

function compare(
  now: PackFigures,
  before: PackFigures,
  elapsed: { now: number; before: number },
): Pick<PackReport["verdicts"], "major" | "found"> {
  return {
    major: compareRates(
      { count: now.major.count, exposure: elapsed.now },
      { count: before.major.count, exposure: elapsed.before },
    ),
    found: compareShares(
      { hits: now.found.ours.count, n: now.found.known.count },
      { hits: before.found.ours.count, n: before.found.known.count },
    ),
  };
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
