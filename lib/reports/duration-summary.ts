import type { Durations } from "#lib/reports/durations";
import type { DurationSummary } from "#lib/reports/response-report";

/** Fewer values than this say nothing about the tail. */
const LEAST_FOR_P90 = 20;

/** Incidents by their numbers, as people know them. */
export type Titles = ReadonlyMap<number, { id: string; title: string }>;

const NOTHING: Omit<DurationSummary, "href"> = {
  n: 0,
  median: null,
  low: null,
  high: null,
  firstQuartile: null,
  thirdQuartile: null,
  p90: null,
  mean: null,
  longest: null,
};

/** Durations as a report shows them; null: nothing was measured. */
export function toSummary(durations: Durations | null, href: string, titles: Titles): DurationSummary {
  if (!durations) return { ...NOTHING, href };
  const { n, low, high, mean, longest } = durations;
  const [firstQuartile, median, thirdQuartile, p90] = durations.quantiles;
  const incident = titles.get(longest.number) ?? { id: "", title: "" };
  return {
    n,
    href,
    median,
    low,
    high,
    firstQuartile,
    thirdQuartile,
    p90: n >= LEAST_FOR_P90 ? p90 : null,
    mean,
    longest: { ...longest, ...incident },
  };
}
