import { alertsHref, EVERY_ALERT, parseAlertFilter } from "#lib/alerts/filter";
import type { AlertFilter } from "#lib/alerts/filter";
import type { UrlParameters } from "#lib/incidents/filter-parameters";
import { DEFAULT_RANGE, RANGES, rangeOf } from "#lib/reports/period";
import type { Range, RangeName } from "#lib/reports/period";
import { readWord } from "#lib/reports/report-filter";

/** Which alerts the noise report counts. `alerts`: where they come from; what became of them is what the report is about. */
export type NoiseFilter = {
  alerts: Pick<AlertFilter, "service" | "team" | "severity" | "kind" | "integration">;
  /** Null: from and to say it. */
  range: RangeName | null;
  from: string | null;
  to: string | null;
};

const PATH = "/reports/noise";

/** Reads the report's URL; whatever means nothing counts as its default. */
export function parseNoiseFilter(parameters: UrlParameters): NoiseFilter {
  const { filter } = parseAlertFilter(parameters);
  const { service, team, severity, kind, integration, from, to } = filter;
  const range = RANGES.find((name) => name === readWord(parameters, "range")) ?? DEFAULT_RANGE;
  return {
    alerts: { service, team, severity, kind, integration },
    range: from === null ? range : null,
    from,
    to,
  };
}

/** The report's URL with this filter and its own words; what is the default, or null, is left out. */
export function noiseHref(
  { alerts, range, from, to }: NoiseFilter,
  own: Readonly<Record<string, string | null>> = {},
  path = PATH,
): string {
  const { service, team, severity, kind, integration } = alerts;
  const words = { range: range === DEFAULT_RANGE ? null : range, ...own };
  return alertsHref({ ...EVERY_ALERT, service, team, severity, kind, integration, from, to }, words, path);
}

/** The alerts that the report counts: all of its filter that were opened in the range. Its links start from this. */
export function alertsOf(
  filter: NoiseFilter,
  { start, end }: Range,
): AlertFilter & { from: string; to: string } {
  return {
    ...EVERY_ALERT,
    ...filter.alerts,
    from: new Date(start).toISOString(),
    to: new Date(end).toISOString(),
  };
}

/** The range that is meant, in the viewer's zone. */
export function noiseRange(filter: NoiseFilter, timeZone: string, now: number): Range {
  return rangeOf(filter, timeZone, now);
}
