import { EVERY_INCIDENT, incidentFilterParameters, parseIncidentFilter } from "#lib/incidents/filter";
import type { IncidentFilter } from "#lib/incidents/filter";
import type { UrlParameters } from "#lib/incidents/filter-parameters";
import { INCIDENT_ORIGINS } from "#lib/incidents/vocabulary";
import { DEFAULT_RANGE, RANGES } from "#lib/reports/period";
import type { RangeName } from "#lib/reports/period";

/** Which incidents a report counts: what its URL says, apart from what only one report knows. */
export type ReportFilter = {
  /** Its from, to, clock, origin, merged and auto are decided by the fields below. */
  incidents: IncidentFilter;
  /** Null: from and to say it. */
  range: RangeName | null;
  from: string | null;
  to: string | null;
  /** Counted only if asked for: incidents merged into another, and those that a machine resolved. */
  includeMerged: boolean;
  includeAuto: boolean;
  /** Left out only if asked for. */
  includeImported: boolean;
  includeDemo: boolean;
};

const DECIDED = { from: null, to: null, clock: null, merged: null, auto: null, origin: [] } as const;

/** Reads what all reports have in their URL; whatever means nothing counts as its default. */
export function parseReportFilter(parameters: UrlParameters): ReportFilter {
  const { filter } = parseIncidentFilter(parameters);
  const word = (key: string) => readWord(parameters, key);
  const range = RANGES.find((name) => name === word("range")) ?? null;
  return {
    incidents: { ...filter, ...DECIDED },
    range: filter.from === null ? (range ?? DEFAULT_RANGE) : null,
    from: filter.from,
    to: filter.to,
    includeMerged: word("merged") === "include",
    includeAuto: word("auto") === "include",
    includeImported: word("imported") !== "exclude",
    includeDemo: word("demo") !== "exclude",
  };
}

/** A report's URL with this filter and its own words; what is the default, or null, is left out. */
export function reportHref(
  path: string,
  filter: ReportFilter,
  own: Readonly<Record<string, string | null>> = {},
): string {
  const { from, to, range } = filter;
  const parameters = incidentFilterParameters({ ...filter.incidents, ...DECIDED, from, to });
  const words = {
    range: range === DEFAULT_RANGE ? null : range,
    ...own,
    merged: filter.includeMerged ? "include" : null,
    auto: filter.includeAuto ? "include" : null,
    imported: filter.includeImported ? null : "exclude",
    demo: filter.includeDemo ? null : "exclude",
  };
  for (const [key, value] of Object.entries(words)) if (value !== null) parameters.set(key, value);
  const text = parameters.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text === "" ? path : `${path}?${text}`;
}

/** Everything of the last 13 weeks. */
export const NO_FILTER: ReportFilter = {
  incidents: EVERY_INCIDENT,
  range: DEFAULT_RANGE,
  from: null,
  to: null,
  includeMerged: false,
  includeAuto: false,
  includeImported: true,
  includeDemo: true,
};

/** The incidents that a report counts, created in [start, end) (epoch milliseconds): what all its links start from. */
export function populationOf(filter: ReportFilter, range: { start: number; end: number }): IncidentFilter {
  const left = INCIDENT_ORIGINS.filter(
    (origin) => (filter.includeImported || origin !== "import") && (filter.includeDemo || origin !== "demo"),
  );
  return {
    ...EVERY_INCIDENT,
    ...filter.incidents,
    origin: left.length === INCIDENT_ORIGINS.length ? [] : left,
    merged: filter.includeMerged ? null : false,
    auto: filter.includeAuto ? null : false,
    from: new Date(range.start).toISOString(),
    to: new Date(range.end).toISOString(),
  };
}

/** The last value of a parameter; null without one. */
export function readWord(parameters: UrlParameters, key: string): string | null {
  const value = parameters instanceof URLSearchParams ? parameters.getAll(key) : parameters[key];
  return (typeof value === "string" ? value : value?.at(-1)) ?? null;
}
