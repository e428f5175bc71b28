import type { Range } from "#lib/reports/period";

/** Milliseconds of each bucket that some of these spans cover, overlaps once. Spans in any order; buckets ascending and apart. */
export function coveredMs(spans: readonly Range[], buckets: readonly Range[]): number[] {
  const covered = buckets.map(() => 0);
  let first = 0;
  for (const { start, end } of unionOf(spans)) {
    // Later spans begin later, so buckets that end before this one are done with.
    while (first < buckets.length && (buckets[first]?.end ?? 0) <= start) first += 1;
    for (let place = first; place < buckets.length; place += 1) {
      const bucket = buckets[place];
      if (!bucket || bucket.start >= end) break;
      covered[place] =
        (covered[place] ?? 0) + Math.max(0, Math.min(end, bucket.end) - Math.max(start, bucket.start));
    }
  }
  return covered;
}

/** The same time in spans that don't touch, in ascending order. */
function unionOf(spans: readonly Range[]): Range[] {
  const union: Range[] = [];
  let last: Range | undefined;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    if (end <= start) continue;
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else union.push((last = { start, end }));
  }
  return union;
}
