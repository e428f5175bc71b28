import { and, desc, eq } from "drizzle-orm";
import { periodComments } from "#db/schema/period-comments";
import type { Transaction } from "#lib/context";
import type { PackPeriod } from "#lib/reports/pack-period";
import { selectionOf } from "#lib/reports/period-comment";
import type { PeriodComment } from "#lib/reports/period-comment";
import type { ReportFilter } from "#lib/reports/report-filter";

/** What is said about a period and a selection of incidents now. The caller has asked for the right to read. */
export async function readPeriodComment(
  tx: Transaction,
  { unit, key }: Pick<PackPeriod, "unit" | "key">,
  filter: ReportFilter,
): Promise<PeriodComment> {
  const [newest] = await tx
    .select({
      version: periodComments.version,
      words: periodComments.words,
      by: periodComments.authorName,
      at: periodComments.createdAt,
    })
    .from(periodComments)
    .where(
      and(
        eq(periodComments.unit, unit),
        eq(periodComments.period, key),
        eq(periodComments.selection, selectionOf(filter)),
      ),
    )
    .orderBy(desc(periodComments.version))
    .limit(1);
  return newest === undefined ? { version: 0 } : { ...newest, at: newest.at.toISOString() };
}
