import type { ReportFilter } from "#lib/reports/report-filter";

/** What somebody wrote about a period. `version` 0: nothing was ever written; no words: nothing is said now. `at` is ISO 8601. */
export type PeriodComment =
  | { version: number; words: string | null; by: string; at: string }
  | { version: 0 };

/** The incidents that a report on a period is about, the same for the same ones in any order; empty: all. */
export function selectionOf({ incidents: { team, service, feature } }: ReportFilter): string {
  const parts = Object.entries({ team, service, feature });
  return parts
    .flatMap(([name, chosen]) => chosen.toSorted().map((one) => `${name}=${encodeURIComponent(one)}`))
    .join("&");
}
