import { sql } from "drizzle-orm";
import type { IncidentFilter } from "#lib/incidents/filter";
import { INTERRUPTION_CLASSES } from "#lib/notifications/interruption";
import type { InterruptionClass } from "#lib/notifications/interruption";
import { EVERY_INTERRUPTION, interruptionsHref } from "#lib/reports/interruption-filter";
import type { InterruptionFilter } from "#lib/reports/interruption-filter";
import type { Load } from "#lib/reports/on-call-health-report";
import { loadsOf } from "#lib/reports/queries/loads";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import { populationOf } from "#lib/reports/report-filter";
import type { ReportFilter } from "#lib/reports/report-filter";

/** Interruptions of one class that have a part in common. */
export type LoadCell = { class: InterruptionClass; count: number };

/** Counts with the lists that they open. */
export function loadOf(filter: InterruptionFilter, cells: readonly LoadCell[]): Load {
  const classes = INTERRUPTION_CLASSES.map((kind) => ({
    class: kind,
    count: cells.find((cell) => cell.class === kind)?.count ?? 0,
    href: interruptionsHref({ ...filter, class: kind }),
  }));
  const total = classes.reduce((sum, { count }) => sum + count, 0);
  return { total: { count: total, href: interruptionsHref(filter) }, classes };
}

/** Whatever rang counts, also of merged incidents and those that a machine resolved. */
export function rangOf(filter: ReportFilter, range: { start: number; end: number }): IncidentFilter {
  return populationOf({ ...filter, includeMerged: true, includeAuto: true }, range);
}

/** The interruptions within [start, end) about incidents that the filter selects. */
export async function readLoad(
  { tx, viewer }: ReportScope,
  filter: ReportFilter,
  range: { start: number; end: number },
): Promise<Load> {
  const interruptions = { ...EVERY_INTERRUPTION, incidents: rangOf(filter, range) };
  const cells = await tx.execute<LoadCell>(sql`
    select r.class, sum(r.count)::int as count ${loadsOf(interruptions.incidents, viewer)} group by 1`);
  return loadOf(interruptions, cells);
}
