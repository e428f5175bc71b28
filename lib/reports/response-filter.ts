import { EVERY_INCIDENT, incidentFilterParameters, parseIncidentFilter } from "#lib/incidents/filter";
import type { Clock, IncidentFilter, UrlParameters } from "#lib/incidents/filter";
import { INCIDENT_ORIGINS } from "#lib/incidents/vocabulary";
import { DEFAULT_RANGE, RANGES } from "#lib/reports/period";
import type { RangeName } from "#lib/reports/period";

export const GROUPINGS = ["team", "service", "priority"] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What the URL of the response report says. */
export type ResponseFilter = {
  /** Which incidents; its from, to, clock, origin, merged and auto are decided by the fields below. */
  incidents: IncidentFilter;
  /** Null: from and to say it. */
  range: RangeName | null;
  from: string | null;
  to: string | null;
  /** The clock that trend, strips and table show. */
  clock: Clock;
  by: Grouping;
  /** Counted only if asked for: incidents merged into another, and those that a machine resolved. */
  includeMerged: boolean;
  includeAuto: boolean;
  /** Left out only if asked for. */
  includeImported: boolean;
  includeDemo: boolean;
};

const DECIDED = { from: null, to: null, clock: null, merged: null, auto: null, origin: [] } as const;

/** Reads the report's URL; whatever means nothing counts as its default. */
export function parseResponseFilter(parameters: UrlParameters): ResponseFilter {
  const { filter } = parseIncidentFilter(parameters);
  const word = (key: string) => readWord(parameters, key);
  const range = RANGES.find((name) => name === word("range")) ?? null;
  return {
    incidents: { ...filter, ...DECIDED },
    range: filter.from === null ? (range ?? DEFAULT_RANGE) : null,
    from: filter.from,
    to: filter.to,
    clock: filter.clock ?? "resolve",
    by: GROUPINGS.find((name) => name === word("by")) ?? "team",
    includeMerged: word("merged") === "include",
    includeAuto: word("auto") === "include",
    includeImported: word("imported") !== "exclude",
    includeDemo: word("demo") !== "exclude",
  };
}

/** The report's URL with this filter; what is the default is left out. */
export function responseHref(filter: ResponseFilter, path = "/reports/response"): string {
  const { from, to, range, clock, by } = filter;
  const parameters = incidentFilterParameters({ ...filter.incidents, ...DECIDED, from, to });
  const set = (key: string, value: string | null) => value !== null && parameters.set(key, value);
  set("range", range === DEFAULT_RANGE ? null : range);
  set("clock", clock === "resolve" ? null : clock);
  set("by", by === "team" ? null : by);
  set("merged", filter.includeMerged ? "include" : null);
  set("auto", filter.includeAuto ? "include" : null);
  set("imported", filter.includeImported ? null : "exclude");
  set("demo", filter.includeDemo ? null : "exclude");
  const text = parameters.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text === "" ? path : `${path}?${text}`;
}

/** The incidents that the report counts, created in [start, end) (epoch milliseconds): what all its links start from. */
export function populationOf(filter: ResponseFilter, range: { start: number; end: number }): IncidentFilter {
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

function readWord(parameters: UrlParameters, key: string): string | null {
  const value = parameters instanceof URLSearchParams ? parameters.getAll(key) : parameters[key];
  return (typeof value === "string" ? value : value?.at(-1)) ?? null;
}
