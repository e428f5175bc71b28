import { sql } from "drizzle-orm";
import { incidentsHref } from "#lib/incidents/filter";
import type { IncidentFilter } from "#lib/incidents/filter";
import type { FilterViewer } from "#lib/incidents/queries/filter-conditions";
import { gather, placesOf } from "#lib/reports/columns";
import type { Picked } from "#lib/reports/columns";
import { FACT_LAYOUT } from "#lib/reports/fact-columns";
import type { FactColumns, FactNumber, FactWhole } from "#lib/reports/fact-columns";
import { isAnsweredByFacts, matcherOf } from "#lib/reports/fact-matches";
import type { Range } from "#lib/reports/period";
import { namesOf, readCatalogue } from "#lib/reports/queries/catalogue";
import type { Catalogue } from "#lib/reports/queries/catalogue";
import { FACTS } from "#lib/reports/queries/packings";
import { readColumns, readPlain } from "#lib/reports/queries/read-columns";
import { whereOf } from "#lib/reports/queries/report-scope";
import type { ReportScope, Snapshot } from "#lib/reports/queries/report-scope";
import type { Counted, ReportFrame } from "#lib/reports/report-frame";
import { bitOf, bitsOfWord, maskOf } from "#lib/reports/traits";

/** The incidents that a report counts, what they are grouped by, and what is said of them above every report. */
export type Population = { facts: FactColumns; catalogue: Catalogue; frame: ReportFrame };

const FEW = 2000;
const [MERGED, AUTO] = [bitOf("merged"), bitOf("auto")];
const [STATUS, RESOLVED] = [maskOf("status"), bitsOfWord("status", "resolved")];

/**
 * Facts that a filter selects within a range; a filter's own range is disregarded. `few`: so many of the services that it names are read row
 * by row.
 */
export async function readFacts(
  { tx, viewer }: Pick<Snapshot, "tx"> & { viewer: FilterViewer },
  filter: IncidentFilter,
  range: Range,
  catalogue: Catalogue,
  few = FEW,
): Promise<FactColumns> {
  return gather(FACT_LAYOUT, await readParts({ tx, viewer }, filter, range, catalogue, few));
}

/** How many there are, are open, were corrected and were left out, and those that count. */
export async function readPopulation(scope: ReportScope): Promise<Population> {
  const { tx, population, viewer, range } = scope;
  const corrected = { ...population, corrected: true };
  const catalogue = await readCatalogue(tx);
  const [[stated], parts] = await Promise.all([
    tx.execute<{ count: number }>(sql`
      select count(*)::int as count from incident_facts where ${whereOf(corrected, viewer)}`),
    readParts(scope, { ...population, merged: null, auto: null }, range, catalogue),
  ]);
  const counts = { total: 0, open: 0, merged: 0, auto: 0 };
  const left = (population.merged === null ? 0 : MERGED) | (population.auto === null ? 0 : AUTO);
  const own = parts.map(({ columns, places }): Picked<FactNumber, FactWhole> => {
    const kept = placesOf(places.length, (index) => {
      const traits = columns.traits[places[index] ?? 0] ?? 0;
      const isLeftOut = traits & left;
      if ((isLeftOut & ~MERGED) === 0 && (traits & MERGED) !== 0) counts.merged += 1;
      if ((isLeftOut & ~AUTO) === 0 && (traits & AUTO) !== 0) counts.auto += 1;
      if (isLeftOut !== 0) return false;
      counts.total += 1;
      if ((traits & STATUS) !== RESOLVED) counts.open += 1;
      return true;
    });
    return {
      columns,
      places: kept.length === places.length ? places : kept.map((index) => places[index] ?? 0),
    };
  });
  return {
    facts: gather(FACT_LAYOUT, own),
    catalogue,
    frame: frameOf(scope, { ...counts, corrected: stated?.count ?? 0 }),
  };
}

type Parts = Picked<FactNumber, FactWhole>[];

async function readParts(
  { tx, viewer }: Pick<Snapshot, "tx"> & { viewer: FilterViewer },
  given: IncidentFilter,
  range: Range,
  catalogue: Catalogue,
  few = FEW,
): Promise<Parts> {
  const filter = {
    ...given,
    from: new Date(range.start).toISOString(),
    to: new Date(range.end).toISOString(),
  };
  const where = whereOf({ ...filter, from: null, to: null }, viewer);
  if (!isAnsweredByFacts(filter) || (await areFew(tx, filter, range, catalogue, few))) {
    return [all(await readPlain(tx, FACTS, [range], where))];
  }
  const { whole, chosen } = await readColumns(tx, FACTS, range, where);
  const matches = matcherOf(filter, namesOf(catalogue));
  return [
    ...whole.map((columns) => ({
      columns,
      places: placesOf(columns.count, (place) => matches(columns, place)),
    })),
    all(chosen),
  ];
}

/** Whether the incidents of the services that a filter names are so few that to read them costs less than to pass over all others. */
async function areFew(
  tx: Snapshot["tx"],
  { service, team }: IncidentFilter,
  { start, end }: Range,
  { services }: Catalogue,
  few: number,
): Promise<boolean> {
  if (service.length === 0 && team.length === 0) return false;
  const named = services.filter(
    ({ id, teamId }) =>
      (service.length === 0 || service.includes(id)) &&
      (team.length === 0 || team.includes(teamId ?? "none")),
  );
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from (
      select from incident_facts where service_id = any(${sql.param(named.map(({ id }) => id))}::text[])
        and created_at >= ${new Date(start).toISOString()}::timestamptz and created_at < ${new Date(end).toISOString()}::timestamptz
      limit ${few + 1}
    ) few`);
  return row !== undefined && row.count <= few;
}

function all(columns: FactColumns): Parts[number] {
  return { columns, places: Uint32Array.from({ length: columns.count }, (_, place) => place) };
}

function frameOf(
  { now, range, population, viewer }: ReportScope,
  counts: Record<"total" | "open" | "merged" | "auto" | "corrected", number>,
): ReportFrame {
  const counted = (count: number, filter: IncidentFilter): Counted => ({
    count,
    href: incidentsHref(filter),
  });
  return {
    generatedAt: now.toISOString(),
    timeZone: viewer.timeZone,
    from: new Date(range.start).toISOString(),
    to: new Date(range.end).toISOString(),
    total: counted(counts.total, population),
    open: counted(counts.open, { ...population, resolved: false }),
    corrected: counted(counts.corrected, { ...population, corrected: true }),
    excluded: {
      merged: counted(counts.merged, { ...population, merged: true }),
      auto: counted(counts.auto, { ...population, auto: true }),
    },
  };
}
