/** A bar of a Pareto chart: its part of all, and how much of all is reached with it. */
export type ParetoRow<T> = { item: T | null; value: number; share: number; soFar: number; rest: number };

/**
 * The largest values first, at most so many; what is beyond them is one last row without an item, of `rest` of them. Empty where nothing
 * costs anything.
 */
export function paretoOf<T>(items: readonly T[], valueOf: (item: T) => number, most: number): ParetoRow<T>[] {
  const sorted = items.filter((item) => valueOf(item) > 0).toSorted((a, b) => valueOf(b) - valueOf(a));
  const all = sorted.reduce((sum, item) => sum + valueOf(item), 0);
  const shown: { item: T | null; value: number; rest: number }[] = sorted
    .slice(0, most)
    .map((item) => ({ item, value: valueOf(item), rest: 0 }));
  const beyond = sorted.slice(most);
  if (beyond.length > 0) {
    shown.push({
      item: null,
      value: beyond.reduce((sum, item) => sum + valueOf(item), 0),
      rest: beyond.length,
    });
  }
  let reached = 0;
  return shown.map((row) => {
    reached += row.value;
    return { ...row, share: row.value / all, soFar: reached / all };
  });
}
