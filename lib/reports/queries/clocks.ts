import { sql } from "drizzle-orm";
import { incidentsHref } from "#lib/incidents/filter";
import type { Clock } from "#lib/incidents/filter";
import { clockColumn } from "#lib/incidents/queries/filter-conditions";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import { selectSummaries, toSummary } from "#lib/reports/queries/summaries";
import type { SummaryRow } from "#lib/reports/queries/summaries";
import type { DurationSummary } from "#lib/reports/response-report";

/** The durations of one clock among the population. One query a clock: sorting each alone is several times faster than all of them together. */
export async function readClock(
  { tx, chosen, population }: ReportScope,
  clock: Clock,
): Promise<DurationSummary> {
  const ms = clockColumn(clock);
  const measured = sql`select null::text as key, ${ms} as ms, number ${chosen} and ${ms} is not null`;
  const [row] = await tx.execute<SummaryRow>(selectSummaries(measured));
  return toSummary(row, incidentsHref({ ...population, clock }));
}
