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
import { loadWithin, rangOf } from "#lib/reports/load";
import { createdWithin, noticedMs } from "#lib/reports/fact-columns";
import type { FactColumns } from "#lib/reports/fact-columns";
import { readCatalogue } from "#lib/reports/queries/catalogue";
import type { Catalogue } from "#lib/reports/queries/catalogue";
import { grouped, groupedServices } from "#lib/reports/queries/grouped";
import { readLoadColumns } from "#lib/reports/queries/load-columns";
import { courseOf, readCourse } from "#lib/reports/queries/pack-course";
import { readPeriodComment } from "#lib/reports/queries/period-comment";
import { readFacts } from "#lib/reports/queries/population";
import { bitOf, bitsOfWord, maskOf } from "#lib/reports/traits";
import { compareClock, readFigures } from "#lib/reports/queries/pack-figures";
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
    const course = courseOf(period, viewer.timeZone);
    // The period and all that it is set beside, read at once.
    const whole = {
      start: Math.min(previous.start, course[0]?.start ?? period.start),
      end: Math.max(period.end, course.at(-1)?.end ?? period.end),
    };
    const catalogue = await readCatalogue(scope.tx);
    const [facts, loads, unseen] = await Promise.all([
      readFacts(scope, populationOf(filter, whole), whole, catalogue),
      readLoadColumns(scope, rangOf(filter, whole), whole, catalogue),
      readUnseen(scope),
    ]);
    const [own, former] = [createdWithin(facts, period), createdWithin(facts, previous)];
    const [figures, before, majors, trend, availability, commitments, comment] = await Promise.all([
      readFigures(scope, mine, own),
      readFigures(scope, earlier, former),
      readMajors(scope, mine),
      readCourse(scope, filter, course, { facts, loads, unseen }),
      readPeriodAvailability(
        scope.tx,
        { team, service, feature },
        { span: period, before: previous, now: instant },
      ),
      isFiltered ? null : readCommitments(scope.tx, period),
      readPeriodComment(scope.tx, period, filter),
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
      load: loadWithin(loads, filter, period),
      loadBefore: loadWithin(loads, filter, previous),
      verdicts: {
        ...compare(figures, before, { now: elapsed(period), before: elapsed(previous) }),
        clocks: Object.fromEntries(
          CLOCKS.map((clock) => [clock, compareClock(clock, own, former)]),
        ) as Record<Clock, Verdict>,
        ...trend.verdicts,
      },
      course: trend.points,
      majors,
      comment,
      availability,
      commitments,
      causes: causesOf(mine, own, catalogue, instant),
      teams: teamsOf(mine, own, catalogue),
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

function causesOf(
  population: IncidentFilter,
  facts: FactColumns,
  catalogue: Catalogue,
  now: number,
): PackReport["causes"] {
  const noticed = bitOf("impact");
  const { groups, groupOf } = grouped(facts, "cause", catalogue);
  const sums = groups.map(({ key }) => ({ key, impact: 0, count: 0 }));
  for (const [place, group] of groupOf.entries()) {
    const own = sums[group];
    if (!own || ((facts.traits[place] ?? 0) & noticed) === 0) continue;
    own.impact += noticedMs(facts, place, now);
    own.count += 1;
  }
  return sums
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.impact - a.impact)
    .map(({ key, impact, count }) => ({
      key: key ?? "none",
      minutes: impact / 60_000,
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

function teamsOf(population: IncidentFilter, facts: FactColumns, catalogue: Catalogue): PackReport["teams"] {
  const [urgency, high, major] = [maskOf("urgency"), bitsOfWord("urgency", "high"), bitOf("major")];
  const { groups, groupOf } = groupedServices(facts.service, "team", catalogue);
  const sums = groups.map(({ key, name }) => ({ key, name, all: 0, high: 0, major: 0 }));
  for (const [place, group] of groupOf.entries()) {
    const own = sums[group];
    const traits = facts.traits[place] ?? 0;
    if (!own) continue;
    own.all += 1;
    if ((traits & urgency) === high) own.high += 1;
    if ((traits & major) !== 0) own.major += 1;
  }
  return sums
    .toSorted((a, b) => b.all - a.all || (a.name ?? "\uFFFF").localeCompare(b.name ?? "\uFFFF", "en"))
    .map(({ key, name, ...counts }) => {
      const own = { ...population, team: [key ?? "none"] };
      return {
        key: key ?? "none",
        name: name ?? "No team",
        incidents: { count: counts.all, href: incidentsHref(own) },
        high: { count: counts.high, href: incidentsHref({ ...own, urgency: ["high"] }) },
        major: { count: counts.major, href: incidentsHref({ ...own, major: true }) },
      };
    });
}
