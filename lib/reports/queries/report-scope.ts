import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Transaction } from "#lib/context";
import type { IncidentFilter } from "#lib/incidents/filter";
import { incidentConditions } from "#lib/incidents/queries/filter-conditions";
import type { FilterViewer } from "#lib/incidents/queries/filter-conditions";
import type { ResponseFilter } from "#lib/reports/response-filter";

/** What the parts of the report share: one snapshot of the data and the incidents that count. */
export type ReportScope = {
  tx: Transaction;
  filter: ResponseFilter;
  population: IncidentFilter;
  viewer: FilterViewer;
  /** `from incident_facts where …`: the population. */
  chosen: SQL;
};

/** The condition of a filter as a where clause; every filter of a report has a range, so it is never absent. */
export function whereOf(filter: IncidentFilter, viewer: FilterViewer): SQL {
  return incidentConditions(filter, viewer) ?? sql`true`;
}
