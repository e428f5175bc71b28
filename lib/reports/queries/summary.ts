import { readNow } from "#lib/context";
import type { Context } from "#lib/context";
import { EVERY_INCIDENT, incidentsHref } from "#lib/incidents/filter";
import type { IncidentFilter } from "#lib/incidents/filter";
import { toSummary } from "#lib/reports/duration-summary";
import { durationsBy, durationsOf, measuredOf } from "#lib/reports/durations";
import { countOf } from "#lib/reports/fact-columns";
import type { FactColumns } from "#lib/reports/fact-columns";
import { packHref } from "#lib/reports/pack-filter";
import { periodPlaces } from "#lib/reports/period";
import type { ReportPeriod } from "#lib/reports/period";
import { readCatalogue } from "#lib/reports/queries/catalogue";
import { loadWithin, rangOf } from "#lib/reports/load";
import { classesBy } from "#lib/reports/load-columns";
import type { LoadColumns } from "#lib/reports/load-columns";
import { readLoadColumns } from "#lib/reports/queries/load-columns";
import { readWithoutMajor } from "#lib/reports/queries/pack-figures";
import { inReport, judgedPeriods, pagedHere } from "#lib/reports/queries/report-scope";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import { readFacts } from "#lib/reports/queries/population";
import { readTitles } from "#lib/reports/queries/titles";
import { trendOf } from "#lib/reports/trend";
import { NO_FILTER, reportHref } from "#lib/reports/report-filter";
import type { ReportFilter } from "#lib/reports/report-filter";
import { responseHref } from "#lib/reports/response-filter";
import { SUMMARY_CLOCKS, SUMMARY_DAYS } from "#lib/reports/summary";
import type { Summary } from "#lib/reports/summary";
import { bitOf, bitsOfWord, maskOf } from "#lib/reports/traits";
import { trendsHref } from "#lib/reports/trends-filter";
import { readLevels, windowsAt } from "#lib/service-levels/queries/compliance";
import type { ServiceLevelFilter } from "#lib/service-levels/queries/compliance";
import { verdictOnCounts } from "#lib/statistics/verdict";
import { wilson } from "#lib/statistics/wilson";
import { DAY, startOfDay } from "#lib/time/calendar";
import { formatDate, wallClockAt } from "#lib/time/wall-clock";

/**
 * How the chosen services are doing, by the rules of the reports: every number opens the list that it counts, and the reports that it
 * leads to say the same.
 */
export async function readSummary(ctx: Context, scope: Partial<ServiceLevelFilter>): Promise<Summary> {
  const levelFilter = { team: [], service: [], ...scope };
  const today = startOfDay(wallClockAt(ctx.actor.timeZone, (await readNow(ctx.db)).getTime()));
  const filter: ReportFilter = {
    ...NO_FILTER,
    incidents: { ...EVERY_INCIDENT, ...levelFilter },
    range: null,
    from: formatDate(today - (SUMMARY_DAYS - 1) * DAY),
  };
  return inReport(ctx, filter, async (report) => {
    const { tx, now, viewer, range, population } = report;
    const [periods, paging] = await Promise.all([
      judgedPeriods(report, "week"),
      judgedPeriods({ ...report, population: pagedHere(population) }, "week"),
    ]);
    const catalogue = await readCatalogue(tx);
    const facts = await readFacts(report, population, range, catalogue);
    const [withoutMajor, clocks, loads, promises] = await Promise.all([
      readWithoutMajor(report, population),
      readClocks(report, facts, periods),
      readLoadColumns(report, rangOf(filter, range), range, catalogue),
      readLevels(tx, viewer, levelFilter, windowsAt(now, viewer.timeZone)),
    ]);
    const weeks = weeksOf(facts, loads, periods);
    return {
      generatedAt: now.toISOString(),
      timeZone: viewer.timeZone,
      ...countsOf(facts, population),
      withoutMajor,
      clocks,
      load: loadWithin(loads, filter, range),
      weeks,
      verdicts: {
        incidents: verdictOnCounts(
          weeks.map(({ incidents, incomplete }) => ({ count: incidents, incomplete })),
        ),
        sleep: verdictOnCounts(
          weeks.map(({ sleep }, place) => ({ count: sleep, incomplete: paging[place]?.incomplete ?? true })),
        ),
      },
      promises,
      reports: {
        response: responseHref({ ...filter, clock: "resolve", by: "service" }),
        trends: trendsHref({ ...filter, by: "feature" }),
        health: reportHref("/reports/on-call-health", filter),
        week: packHref("/reports/reviews", {
          filter: { ...NO_FILTER, incidents: filter.incidents },
          unit: "week",
          key: null,
        }),
      },
    };
  });
}

function countsOf(
  facts: FactColumns,
  population: IncidentFilter,
): Pick<Summary, "incidents" | "open" | "major" | "escalated"> {
  const counted = (count: number, change: Partial<IncidentFilter> = {}) => ({
    count,
    href: incidentsHref({ ...population, ...change }),
  });
  const escalated = countOf(facts, bitOf("escalated"));
  const paged = countOf(facts, bitOf("paged"));
  const over = countOf(facts, maskOf("status"), bitsOfWord("status", "resolved"));
  return {
    incidents: counted(facts.count),
    open: counted(facts.count - over, { resolved: false }),
    major: counted(countOf(facts, bitOf("major")), { major: true }),
    escalated: {
      ...counted(escalated, { escalated: true }),
      of: paged,
      proportion: wilson(escalated, paged),
    },
  };
}

async function readClocks(
  report: ReportScope,
  facts: FactColumns,
  periods: readonly ReportPeriod[],
): Promise<Summary["clocks"]> {
  const { tx, population } = report;
  const places = periodPlaces(facts.created, periods);
  const clocks = SUMMARY_CLOCKS.map((clock) => {
    const measured = measuredOf(facts[clock], facts.number);
    const byPeriod = durationsBy(measured, places, periods.length);
    return { clock, byPeriod, durations: durationsOf(measured.ms, measured.numbers) };
  });
  const titles = await readTitles(
    tx,
    clocks.flatMap(({ durations }) => durations?.longest.number ?? []),
  );
  return clocks.map(({ clock, byPeriod, durations }) => ({
    ...toSummary(durations, incidentsHref({ ...population, clock }), titles),
    clock,
    verdict: trendOf({ clock, population }, "week", periods, byPeriod).verdict,
    reportHref: responseHref({ ...report.filter, clock, by: "service" }),
  }));
}

function weeksOf(facts: FactColumns, loads: LoadColumns, periods: readonly ReportPeriod[]): Summary["weeks"] {
  const counts = new Uint32Array(periods.length);
  for (const place of periodPlaces(facts.created, periods)) counts[place] = (counts[place] ?? 0) + 1;
  const classes = classesBy(loads, periodPlaces(loads.at, periods), periods.length);
  return periods.map(({ day, incomplete }, place) => ({
    day,
    incomplete,
    incidents: counts[place] ?? 0,
    sleep: classes[place]?.find((cell) => cell.class === "sleep")?.count ?? 0,
  }));
}
