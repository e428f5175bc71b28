import { sql } from "drizzle-orm";
import type { IncidentFilter } from "#lib/incidents/filter";
import { INTERRUPTION_CLASSES } from "#lib/notifications/interruption";
import type { InterruptionClass } from "#lib/notifications/interruption";
import { EVERY_INTERRUPTION, interruptionsHref } from "#lib/reports/interruption-filter";
import type { InterruptionFilter } from "#lib/reports/interruption-filter";
import type { Load } from "#lib/reports/on-call-health-report";
import { interruptionsOf } from "#lib/reports/queries/interruption-scope";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import { populationOf } from "#lib/reports/report-filter";
import type { ReportFilter } from "#lib/reports/report-filter";

export type ClassCounts = Record<InterruptionClass, number>;

/** A column for each class over interruptions `r`. */
export const CLASS_COUNTS = sql.join(
  INTERRUPTION_CLASSES.map((kind) => sql.raw(`count(*) filter (where r.class = '${kind}')::int as ${kind}`)),
  sql`, `,
);

/** Counts with the lists that they open. */
export function loadOf(filter: InterruptionFilter, counts: ClassCounts | undefined): Load {
  const classes = INTERRUPTION_CLASSES.map((kind) => ({
    class: kind,
    count: counts?.[kind] ?? 0,
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
  const [row] = await tx.execute<ClassCounts>(
    sql`select ${CLASS_COUNTS} ${interruptionsOf(interruptions, viewer)}`,
  );
  return loadOf(interruptions, row);
}
