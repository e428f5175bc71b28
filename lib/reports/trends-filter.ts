import type { UrlParameters } from "#lib/incidents/filter-parameters";
import { parseReportFilter, readWord, reportHref } from "#lib/reports/report-filter";
import type { ReportFilter } from "#lib/reports/report-filter";

export const DIMENSIONS = ["feature", "service", "team", "cause"] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** What the URL of the trends report says. */
export type TrendsFilter = ReportFilter & { by: Dimension };

/** Reads the report's URL; whatever means nothing counts as its default. */
export function parseTrendsFilter(parameters: UrlParameters): TrendsFilter {
  const by = DIMENSIONS.find((name) => name === readWord(parameters, "by")) ?? "feature";
  return { ...parseReportFilter(parameters), by };
}

/** The report's URL with this filter; what is the default is left out. */
export function trendsHref(filter: TrendsFilter, path = "/reports/trends"): string {
  return reportHref(path, filter, { by: filter.by === "feature" ? null : filter.by });
}
