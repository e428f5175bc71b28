import type { IncidentFilter } from "#lib/incidents/filter";
import { INTERRUPTION_CLASSES } from "#lib/notifications/interruption";
import type { InterruptionClass } from "#lib/notifications/interruption";
import { EVERY_INTERRUPTION, interruptionsHref } from "#lib/reports/interruption-filter";
import type { InterruptionFilter } from "#lib/reports/interruption-filter";
import { classesBy } from "#lib/reports/load-columns";
import type { LoadColumns } from "#lib/reports/load-columns";
import type { Load } from "#lib/reports/on-call-health-report";
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

/** The interruptions within the range about incidents that the filter selects; the columns hold at least those. */
export function loadWithin(
  columns: LoadColumns,
  filter: ReportFilter,
  range: { start: number; end: number },
): Load {
  const within = columns.at.map((at) => (at >= range.start && at < range.end ? 0 : -1));
  const [cells = []] = classesBy(columns, Int32Array.from(within), 1);
  return loadOf({ ...EVERY_INTERRUPTION, incidents: rangOf(filter, range) }, cells);
}
