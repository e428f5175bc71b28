export interface Window {
  /** Epoch milliseconds. */
  start: number;
  end: number;
}

export interface PlacedSpan {
  /** Shares of the window's width, 0 to 1. */
  left: number;
  width: number;
  /** The span goes on beyond the window on that side. */
  cutStart: boolean;
  cutEnd: boolean;
}

/** Where a span lies in a window, or undefined when it lies outside. Both are half-open: [start, end). */
export function placeSpan(span: Window, window: Window): PlacedSpan | undefined {
  const start = Math.max(span.start, window.start);
  const end = Math.min(span.end, window.end);
  if (end <= start) return undefined;
  const length = window.end - window.start;
  return {
    left: (start - window.start) / length,
    width: (end - start) / length,
    cutStart: span.start < window.start,
    cutEnd: span.end > window.end,
  };
}

/** Where an instant lies in a window, or undefined when it lies outside. */
export function placeInstant(at: number, window: Window): number | undefined {
  if (at < window.start || at > window.end) return undefined;
  return (at - window.start) / (window.end - window.start);
}

/**
 * Widths that add up to 1 and follow the lengths, but never fall under `least`: a phase of two seconds
 * beside one of three hours must still be seen and pressed. `least` times the number of lengths must not exceed 1.
 */
export function visibleWidths(lengths: readonly number[], least: number): number[] {
  if (lengths.length === 0) return [];
  const fixed = new Set<number>();
  for (;;) {
    const free = 1 - fixed.size * least;
    const total = lengths.reduce((sum, length, index) => (fixed.has(index) ? sum : sum + length), 0);
    const share = (index: number) =>
      total === 0 ? free / (lengths.length - fixed.size) : ((lengths[index] ?? 0) / total) * free;
    const small = lengths.findIndex((_, index) => !fixed.has(index) && share(index) < least);
    if (small === -1) return lengths.map((_, index) => (fixed.has(index) ? least : share(index)));
    fixed.add(small);
  }
}
