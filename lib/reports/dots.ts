import type { Measured } from "#lib/reports/durations";
import type { FactColumns } from "#lib/reports/fact-columns";
import { orderStatistics } from "#lib/statistics/order-statistics";

const MOST = 600;

/** Rows of single incidents for a strip plot, by their places; of more than 600 measured ones an even sample that is the same on every visit. */
export function dotPlaces({ sample, number }: FactColumns, { places }: Measured): number[] {
  const of = (column: Int32Array, place: number) => column[place] ?? 0;
  const inOrder = (found: Uint32Array) =>
    Array.from(found).toSorted((a, b) => of(sample, a) - of(sample, b) || of(number, a) - of(number, b));
  if (places.length <= MOST) return inOrder(places);
  const ranks = new Float64Array(places.length);
  for (let index = 0; index < places.length; index += 1) ranks[index] = of(sample, places[index] ?? 0);
  const [last = 0] = orderStatistics(ranks, [MOST]);
  return inOrder(places.filter((place) => of(sample, place) <= last)).slice(0, MOST);
}
