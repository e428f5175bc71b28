import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { EXACT_UP_TO, medianInterval } from "#lib/statistics/median-interval";
import type { DurationSummary } from "#lib/reports/response-report";

/** Fewer values than this say nothing about the tail. */
const LEAST_FOR_P90 = 20;

const EXACT = Array.from({ length: EXACT_UP_TO }, (_, index) => medianInterval(index + 1));
const LOWS = sql.raw(`'{${EXACT.map((ranks) => ranks?.low ?? "null").join(",")}}'::int[]`);
const HIGHS = sql.raw(`'{${EXACT.map((ranks) => ranks?.high ?? "null").join(",")}}'::int[]`);
// The same approximation as medianInterval beyond its exact range.
const REACH = sql.raw("0.8224268134757361 * sqrt(n)");

const EXACT_LIMIT = sql.raw(String(EXACT_UP_TO));
const QUANTILES = sql.raw([0.25, 0.5, 0.75, 0.9].map(quantileOf).join(", "));

export type SummaryRow = {
  key: string | null;
  n: number;
  quartiles: number[];
  mean: number;
  low: number | null;
  high: number | null;
  longest_ms: number;
  longest_id: string;
  longest_number: number;
  longest_title: string;
};

/**
 * The figures of each row of `sorted`: a key, how many durations (n), their mean, and both them and the numbers of their incidents in
 * ascending order. Each figure is read off the array.
 */
export function summarise(part: SQL): SQL {
  return sql`
    select ${part}, s.key, s.n, s.mean, array[${QUANTILES}] as quartiles,
      s.durations[case when n <= ${EXACT_LIMIT} then (${LOWS})[n] else floor(n / 2.0 - ${REACH})::int + 1 end]::float8 as low,
      s.durations[case when n <= ${EXACT_LIMIT} then (${HIGHS})[n] else ceil(n / 2.0 + ${REACH})::int end]::float8 as high,
      s.durations[n]::float8 as longest_ms, i.id as longest_id, i.number as longest_number, i.title as longest_title
    from sorted s
    -- Looked up one by one: the planner would read every incident there is.
    cross join lateral (select id, number, title from incidents where number = s.numbers[n] limit 1) i`;
}

/** Type 7, as lib/statistics/quantile: linear between the two nearest of the sorted durations. */
function quantileOf(share: number): string {
  const position = `((n - 1) * ${share}::float8)`;
  const below = `s.durations[floor(${position})::int + 1]`;
  const above = `s.durations[ceil(${position})::int + 1]`;
  return `${below} + (${above} - ${below}) * (${position} - floor(${position}))`;
}

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

/** A row as the report shows it; nothing was measured without one. */
export function toSummary(row: SummaryRow | undefined, href: string): DurationSummary {
  if (!row) return { ...NOTHING, href };
  const { n, mean, low, high } = row;
  const [firstQuartile = null, median = null, thirdQuartile = null, p90 = null] = row.quartiles;
  const longest = {
    ms: row.longest_ms,
    id: row.longest_id,
    number: row.longest_number,
    title: row.longest_title,
  };
  const tail = n >= LEAST_FOR_P90 ? p90 : null;
  return { n, href, median, low, high, firstQuartile, thirdQuartile, p90: tail, mean, longest };
}
