import { sql } from "drizzle-orm";
import type { Context } from "#lib/context";
import { incidentsHref } from "#lib/incidents/filter";
import type { IncidentFilter } from "#lib/incidents/filter";
import { DETECTION_SOURCES } from "#lib/incidents/vocabulary";
import type { DetectionSource } from "#lib/incidents/vocabulary";
import { OURS } from "#lib/reports/detection-report";
import type {
  DetectionPeriod,
  DetectionReport,
  FoundByUs,
  FoundOutside,
} from "#lib/reports/detection-report";
import type { FactColumns } from "#lib/reports/fact-columns";
import { periodPlaces, periodsOf, unitOf } from "#lib/reports/period";
import type { ReportPeriod } from "#lib/reports/period";
import { readPopulation } from "#lib/reports/queries/population";
import { inReport } from "#lib/reports/queries/report-scope";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import type { ReportFilter } from "#lib/reports/report-filter";
import { bitOf, placeOf } from "#lib/reports/traits";
import { chartOfShares, verdictOnShares } from "#lib/statistics/verdict";
import { wilson } from "#lib/statistics/wilson";

const MOST_WEEKS = 14;
const MOST_OUTSIDE = 200;

type CellRow = { period: number; source: DetectionSource; noticed: boolean; count: number };

/**
 * Who noticed first: the share found by us before customers, by source and over time, and what was found outside with the time until our
 * first alert. What is not known is counted apart. The filter's own sources are disregarded: they are what the report is about.
 */
export async function readDetectionReport(ctx: Context, given: ReportFilter): Promise<DetectionReport> {
  const filter = { ...given, incidents: { ...given.incidents, detection: [] } };
  return inReport(ctx, filter, async (scope) => {
    const { range, viewer, now, population } = scope;
    const unit = unitOf(range, MOST_WEEKS);
    const periods = periodsOf(range, unit, viewer.timeZone, now.getTime());
    const [{ frame, facts }, outside] = await Promise.all([readPopulation(scope), readOutside(scope)]);
    const cells = cellsOf(facts, periods);
    const rows = periods.map((period, place) =>
      periodOf(
        population,
        period,
        cells.filter((cell) => cell.period === place),
      ),
    );
    const shares = rows.map(({ ours, known, incomplete }) => ({ hits: ours, n: known, incomplete }));
    return {
      ...frame,
      unit,
      all: foundByUs(population, cells),
      noticed:
        population.impact === null
          ? foundByUs(
              { ...population, impact: true },
              cells.filter(({ noticed }) => noticed),
            )
          : null,
      sources: DETECTION_SOURCES.map((source) => ({ source, ...counted(population, cells, [source]) })),
      periods: rows,
      chart: chartOfShares(shares),
      verdict: verdictOnShares(shares),
      outside,
    };
  });
}

/** How many were found by whom in each period, those that customers noticed apart. */
function cellsOf(facts: FactColumns, periods: readonly ReportPeriod[]): CellRow[] {
  const noticed = bitOf("impact");
  const places = periodPlaces(facts.created, periods);
  const kinds = 2 * DETECTION_SOURCES.length;
  const counts = new Uint32Array(kinds * periods.length);
  for (let place = 0; place < facts.count; place += 1) {
    const traits = facts.traits[place] ?? 0;
    const kind = 2 * (placeOf(traits, "detection") - 1) + ((traits & noticed) === 0 ? 0 : 1);
    const cell = (places[place] ?? 0) * kinds + kind;
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return periods.flatMap((_, period) =>
    DETECTION_SOURCES.flatMap((source, place) =>
      [false, true].map((isNoticed): CellRow => {
        const cell = period * kinds + 2 * place + (isNoticed ? 1 : 0);
        return { period, source, noticed: isNoticed, count: counts[cell] ?? 0 };
      }),
    ),
  );
}

async function readOutside({ tx, chosen }: ReportScope): Promise<FoundOutside[]> {
  const rows = await tx.execute<Omit<FoundOutside, "at" | "gapMs"> & { at: number; gap: number | null }>(sql`
    select o.incident_id as id, o.number, i.title, s.name as service, o.detection_source as source, o.cause_class as cause,
      (extract(epoch from o.detected_at) * 1000)::float8 as at,
      (extract(epoch from (select min(a.created_at) from alerts a where a.incident_id = o.incident_id) - o.detected_at)
        * 1000)::float8 as gap
    from (
      select * ${chosen} and detection_source in ('customer_report', 'partner', 'social')
      order by created_at desc limit ${MOST_OUTSIDE}
    ) o
    join incidents i on i.id = o.incident_id
    join services s on s.id = o.service_id
    order by o.created_at desc`);
  return rows.map(({ at, gap, ...row }) => ({ ...row, at: new Date(at).toISOString(), gapMs: gap }));
}

function periodOf(
  population: IncidentFilter,
  period: ReportPeriod,
  cells: readonly CellRow[],
): DetectionPeriod {
  const { day, incomplete, start, end } = period;
  const within = { ...population, from: new Date(start).toISOString(), to: new Date(end).toISOString() };
  return {
    day,
    incomplete,
    sources: DETECTION_SOURCES.map((source) => ({ source, ...counted(within, cells, [source]) })),
    ours: counted(within, cells, OURS).count,
    known: counted(within, cells, KNOWN).count,
  };
}

const KNOWN = DETECTION_SOURCES.filter((source) => source !== "unknown");

function foundByUs(population: IncidentFilter, cells: readonly CellRow[]): FoundByUs {
  const [ours, known] = [counted(population, cells, OURS), counted(population, cells, KNOWN)];
  return { ours, known, proportion: wilson(ours.count, known.count) };
}

function counted(
  population: IncidentFilter,
  cells: readonly CellRow[],
  detection: readonly DetectionSource[],
) {
  const count = cells.reduce((sum, cell) => (detection.includes(cell.source) ? sum + cell.count : sum), 0);
  return { count, href: incidentsHref({ ...population, detection }) };
}
