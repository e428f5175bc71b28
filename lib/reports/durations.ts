import { medianInterval } from "#lib/statistics/median-interval";
import { orderStatistics } from "#lib/statistics/order-statistics";
import { quantileRanks } from "#lib/statistics/quantile";

/** What is said of some durations in milliseconds: how many, their quartiles and 90th percentile, and the longest with its incident's number. */
export type Durations = {
  n: number;
  quantiles: readonly [first: number, median: number, third: number, p90: number];
  mean: number;
  /** 90 % interval of the median; null of fewer than 5. */
  low: number | null;
  high: number | null;
  longest: { ms: number; number: number };
};

const SHARES = [0.25, 0.5, 0.75, 0.9] as const;

/** Durations of some incidents, one number each; null of none. Reorders the durations. */
export function durationsOf(ms: Float64Array, numbers: Int32Array): Durations | null {
  const n = ms.length;
  if (n === 0) return null;
  let sum = 0;
  let longest = -1;
  let number = 0;
  for (let place = 0; place < n; place += 1) {
    const value = ms[place] ?? 0;
    sum += value;
    if (value < longest) continue;
    number = value > longest ? (numbers[place] ?? 0) : Math.max(number, numbers[place] ?? 0);
    longest = value;
  }
  return { ...quantilesOf(ms), mean: sum / n, longest: { ms: longest, number } };
}

function quantilesOf(ms: Float64Array): Pick<Durations, "n" | "quantiles" | "low" | "high"> {
  const n = ms.length;
  const quantiles = SHARES.map((share) => quantileRanks(n, share));
  const interval = medianInterval(n);
  const values = orderStatistics(ms, [
    ...quantiles.flatMap(({ below, above }) => [below, above]),
    interval?.low ?? 1,
    interval?.high ?? 1,
  ]);
  const at = (place: number) => {
    const [below = 0, above = 0] = values.slice(2 * place);
    return below + (above - below) * (quantiles[place]?.weight ?? 0);
  };
  const [low = 0, high = 0] = values.slice(2 * SHARES.length);
  return {
    n,
    quantiles: [at(0), at(1), at(2), at(3)],
    low: interval && low,
    high: interval && high,
  };
}

/** The median of what was measured (not NaN), and how much that is; `scratch` is as long, and overwritten. */
export function medianOf(column: Float64Array, scratch: Float64Array): { n: number; median: number | null } {
  let n = 0;
  for (let place = 0; place < column.length; place += 1) {
    const value = column[place] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    scratch[n] = value;
    n += 1;
  }
  if (n === 0) return { n, median: null };
  const { below, above, weight } = quantileRanks(n, 0.5);
  const [lower = 0, upper = 0] = orderStatistics(scratch.subarray(0, n), [below, above]);
  return { n, median: lower + (upper - lower) * weight };
}

/** The durations that were measured, each with the number of its incident and the place of its row. */
export type Measured = { ms: Float64Array; numbers: Int32Array; places: Uint32Array };

/** Room for what was measured of so many. */
export function roomFor(count: number): Measured {
  return { ms: new Float64Array(count), numbers: new Int32Array(count), places: new Uint32Array(count) };
}

/** Leaves out what was not measured (NaN). What it answers lies in `room`, until that is used again. */
export function measuredOf(
  column: Float64Array,
  number: Int32Array,
  room = roomFor(column.length),
): Measured {
  const { ms, numbers, places } = room;
  let n = 0;
  for (let place = 0; place < column.length; place += 1) {
    const value = column[place] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    places[n] = place;
    ms[n] = value;
    numbers[n] = number[place] ?? 0;
    n += 1;
  }
  return { ms: ms.subarray(0, n), numbers: numbers.subarray(0, n), places: places.subarray(0, n) };
}

/** The durations of each group; `groupOf` has the group of each row, counted from 0, or -1. */
export function durationsBy(
  { ms, numbers, places }: Measured,
  groupOf: Int32Array,
  groups: number,
): (Durations | null)[] {
  const ends = new Uint32Array(groups);
  for (const place of places) {
    const group = groupOf[place] ?? -1;
    if (group >= 0) ends[group] = (ends[group] ?? 0) + 1;
  }
  let total = 0;
  const starts = ends.map((count) => (total += count) - count);
  const own = { ms: new Float64Array(total), numbers: new Int32Array(total) };
  const next = starts.slice();
  for (let index = 0; index < places.length; index += 1) {
    const group = groupOf[places[index] ?? 0] ?? -1;
    if (group < 0) continue;
    const at = next[group] ?? 0;
    own.ms[at] = ms[index] ?? 0;
    own.numbers[at] = numbers[index] ?? 0;
    next[group] = at + 1;
  }
  return Array.from(starts, (start, group) =>
    durationsOf(own.ms.subarray(start, next[group]), own.numbers.subarray(start, next[group])),
  );
}
