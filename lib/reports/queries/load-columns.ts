import type { IncidentFilter } from "#lib/incidents/filter";
import { gather, placesOf } from "#lib/reports/columns";
import { LOAD_LAYOUT } from "#lib/reports/load-columns";
import type { LoadColumns } from "#lib/reports/load-columns";
import type { Range } from "#lib/reports/period";
import { namesOf } from "#lib/reports/queries/catalogue";
import type { Catalogue } from "#lib/reports/queries/catalogue";
import { isCounted, loadsOf } from "#lib/reports/queries/loads";
import { LOADS } from "#lib/reports/queries/packings";
import { readColumns, readFrom } from "#lib/reports/queries/read-columns";
import { whereOf } from "#lib/reports/queries/report-scope";
import type { Snapshot } from "#lib/reports/queries/report-scope";

/**
 * How many interruptions each person had by half hour and service: those about these incidents, within the range. Where only services and teams
 * are asked for, in whole half hours, it is what was counted when they happened; else each interruption at its own instant.
 */
export async function readLoadColumns(
  { tx, viewer }: Snapshot,
  given: IncidentFilter,
  range: Range,
  catalogue: Catalogue,
): Promise<LoadColumns> {
  const incidents = {
    ...given,
    from: new Date(range.start).toISOString(),
    to: new Date(range.end).toISOString(),
  };
  if (!isCounted(incidents)) return readFrom(tx, LOADS, loadsOf(incidents, viewer));
  const { whole, chosen } = await readColumns(
    tx,
    LOADS,
    range,
    whereOf({ ...incidents, from: null, to: null }, viewer),
  );
  const { service, team } = incidents;
  const { codeOf, servicesOf } = namesOf(catalogue);
  const lists = [service.map(codeOf), team.flatMap((id) => servicesOf(id === "none" ? null : id))].filter(
    (_, place) => [service, team][place]?.length !== 0,
  );
  const wanted = lists.map((codes) => new Set(codes));
  const matches = (columns: LoadColumns, place: number) => {
    const at = columns.at[place] ?? 0;
    const own = columns.service[place] ?? 0;
    return at >= range.start && at < range.end && wanted.every((codes) => codes.has(own));
  };
  return gather(
    LOAD_LAYOUT,
    [...whole, chosen].map((columns) => ({
      columns,
      places: placesOf(columns.count, (place) => matches(columns, place)),
    })),
  );
}
