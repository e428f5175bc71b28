import { CLOCKS } from "#lib/incidents/filter";
import type { Clock } from "#lib/incidents/filter";
import type { UrlParameters } from "#lib/incidents/filter-parameters";
import { parseReportFilter, readWord, reportHref } from "#lib/reports/report-filter";
import type { ReportFilter } from "#lib/reports/report-filter";

export const GROUPINGS = ["team", "service", "priority"] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What the URL of the response report says. */
export type ResponseFilter = ReportFilter & {
  /** The clock that trend, strips and table show. */
  clock: Clock;
  by: Grouping;
};

/** Reads the report's URL; whatever means nothing counts as its default. */
export function parseResponseFilter(parameters: UrlParameters): ResponseFilter {
  const word = (key: string) => readWord(parameters, key);
  return {
    ...parseReportFilter(parameters),
    clock: CLOCKS.find((clock) => clock === word("clock")) ?? "resolve",
    by: GROUPINGS.find((name) => name === word("by")) ?? "team",
  };
}

/** The report's URL with this filter; what is the default is left out. */
export function responseHref(filter: ResponseFilter, path = "/reports/response"): string {
  const { clock, by } = filter;
  return reportHref(path, filter, {
    clock: clock === "resolve" ? null : clock,
    by: by === "team" ? null : by,
  });
}
