import { gather, placesOf } from "#lib/reports/columns";
import type { Columns } from "#lib/reports/columns";

/**
 * Facts of incidents as columns, in milliseconds: when each was created, its clocks, the lengths of its phases, for how long customers noticed it
 * (of one that goes on minus the instant at which it began), and people's time; NaN: not measured.
 * `sample` is a number that has nothing to do with the incident, `priority` the rank or -1, `traits` the bits of `lib/reports/traits.ts`;
 * `service` and `feature` are codes of words, 0 for none.
 */
export const FACT_LAYOUT = {
  numbers: [
    "created",
    "acknowledge",
    "respond",
    "resolve",
    "mitigate",
    "detect",
    "mitigated",
    "close",
    "noticed",
    "effort",
  ],
  wholes: ["number", "sample", "priority", "customers", "traits", "service", "feature"],
} as const;

export type FactNumber = (typeof FACT_LAYOUT.numbers)[number];
export type FactWhole = (typeof FACT_LAYOUT.wholes)[number];
export type FactColumns = Columns<FactNumber, FactWhole>;

/** How many have these bits of their traits; those bits are all set unless `wanted` says which of them. */
export function countOf({ traits }: FactColumns, mask: number, wanted = mask): number {
  let count = 0;
  for (let place = 0; place < traits.length; place += 1)
    if (((traits[place] ?? 0) & mask) === wanted) count += 1;
  return count;
}

/** The rows created within [start, end). */
export function createdWithin(
  facts: FactColumns,
  { start, end }: { start: number; end: number },
): FactColumns {
  const places = placesOf(facts.count, (place) => {
    const at = facts.created[place] ?? 0;
    return at >= start && at < end;
  });
  return gather(FACT_LAYOUT, [{ columns: facts, places }]);
}

/** For how long customers noticed an incident, in milliseconds; one that goes on counts until now. */
export function noticedMs({ noticed }: FactColumns, place: number, now: number): number {
  const ms = noticed[place] ?? Number.NaN;
  if (Number.isNaN(ms)) return 0;
  return ms < 0 ? Math.max(0, now + ms) : ms;
}
