/** Half-open [start, end) in milliseconds; empty unless start < end. */
export type Interval = { start: number; end: number };

/** Sorts, drops empty intervals, and joins what overlaps or touches. */
export function union(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.filter((it) => it.start < it.end).sort((a, b) => a.start - b.start);
  const merged: Interval[] = [];
  for (const { start, end } of sorted) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/**
 * The parts of each interval that lie in `mask`, keeping its other fields.
 * `pieces` are sorted by start and may overlap each other; `mask` is a union.
 */
export function intersect<T extends Interval>(pieces: readonly T[], mask: readonly Interval[]): T[] {
  const kept: T[] = [];
  let first = 0;
  for (const piece of pieces) {
    for (let window = mask[first]; window && window.end <= piece.start; window = mask[first]) first += 1;
    for (let index = first; index < mask.length; index += 1) {
      const window = mask[index];
      if (!window || window.start >= piece.end) break;
      const start = Math.max(piece.start, window.start);
      const end = Math.min(piece.end, window.end);
      if (start < end) kept.push({ ...piece, start, end });
    }
  }
  return kept;
}

/** The parts of `range` that `holes`, a union, leave over. */
export function complement(range: Interval, holes: readonly Interval[]): Interval[] {
  const rest: Interval[] = [];
  let from = range.start;
  for (const hole of holes) {
    if (hole.start >= range.end) break;
    if (hole.start > from) rest.push({ start: from, end: hole.start });
    from = Math.max(from, hole.end);
  }
  if (from < range.end) rest.push({ start: from, end: range.end });
  return rest;
}

/** `intervals` without `holes`; both are unions. */
export function subtract(intervals: readonly Interval[], holes: readonly Interval[]): Interval[] {
  const first = intervals[0];
  const last = intervals.at(-1);
  if (!first || !last || holes.length === 0) return [...intervals];
  return intersect(intervals, complement({ start: first.start, end: last.end }, holes));
}

/** Summed length in milliseconds. */
export function totalLength(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, it) => sum + Math.max(0, it.end - it.start), 0);
}
