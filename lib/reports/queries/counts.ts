import { sql } from "drizzle-orm";
import { CLOCKS, incidentsHref } from "#lib/incidents/filter";
import type { Clock } from "#lib/incidents/filter";
import { clockColumn } from "#lib/incidents/queries/filter-conditions";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import { isMeasured, PHASES } from "#lib/reports/queries/phases";
import type { PhaseKey } from "#lib/reports/queries/phases";
import type { Counted } from "#lib/reports/report-frame";
import type { ClockSummary, ResponseReport } from "#lib/reports/response-report";
import { wilson } from "#lib/statistics/wilson";

/** How many incidents have all of this in common. */
type Tally = Record<"open" | "escalated" | "paged" | Clock | PhaseKey, boolean> & { count: number };

export type Counts = Pick<ResponseReport, "escalated"> & {
  /** How many are measured. */
  measured: Record<Clock | PhaseKey, number>;
  waiting: Record<Clock, Pick<ClockSummary, "waiting" | "never">>;
};

/**
 * How many escalated, and how many are and are not measured. They are counted by what they have in common, in one pass, and summed up
 * here: as two dozen counts with a filter each they took several times as long.
 */
export async function readCounts({ tx, population, chosen }: ReportScope): Promise<Counts> {
  const rows = await tx.execute<Tally>(sql`
    select status <> 'resolved' as open, timeout_escalation_count > 0 as escalated, first_page_at is not null as paged,
      ${measuredColumns()}, count(*)::int as count
    ${chosen} group by ${sql.raw(Array.from({ length: 3 + CLOCKS.length + PHASES.length }, (_, index) => index + 1).join(", "))}`);
  const count = (matches: (row: Tally) => boolean) =>
    rows.reduce((sum, row) => (matches(row) ? sum + row.count : sum), 0);
  const counted = (matches: (row: Tally) => boolean, change: Partial<typeof population>): Counted => ({
    count: count(matches),
    href: incidentsHref({ ...population, ...change }),
  });
  const of = count(({ paged }) => paged);
  const escalated = counted((row) => row.escalated, { escalated: true });
  return {
    escalated: { ...escalated, of, proportion: wilson(escalated.count, of) },
    measured: {
      ...mapClocks((clock) => count((row) => row[clock])),
      detect: count(({ detect }) => detect),
      page: count(({ page }) => page),
      mitigated: count(({ mitigated }) => mitigated),
      close: count(({ close }) => close),
    },
    waiting: mapClocks((clock) => ({
      waiting: counted((row) => !row[clock] && row.open, { without: clock, resolved: false }),
      never: counted((row) => !row[clock] && !row.open, { without: clock, resolved: true }),
    })),
  };
}

function mapClocks<T>(value: (clock: Clock) => T): Record<Clock, T> {
  return {
    acknowledge: value("acknowledge"),
    respond: value("respond"),
    resolve: value("resolve"),
    mitigate: value("mitigate"),
  };
}

function measuredColumns() {
  return sql.join(
    [
      ...CLOCKS.map((clock) => sql`${clockColumn(clock)} is not null as ${sql.identifier(clock)}`),
      ...PHASES.map((phase) => sql`${isMeasured(phase)} is true as ${sql.raw(phase.key)}`),
    ],
    sql`, `,
  );
}
