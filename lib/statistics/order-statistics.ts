// Fewer are sorted outright.
const FEW = 32;
// Deeper than any input that isn't made to be slow.
const DEEPEST = 64;

/**
 * The values at these ranks (1 is the smallest) of values in any order, none of them NaN. Reorders the values, no further than the ranks need:
 * a few passes instead of a sort. Hoare's selection (1961) for several ranks at once, parted in three.
 */
export function orderStatistics(values: Float64Array, ranks: readonly number[]): number[] {
  const wanted = [...new Set(ranks.map((rank) => rank - 1))].sort((a, b) => a - b);
  place(values, wanted, 0, values.length, 0);
  return ranks.map((rank) => values[rank - 1] ?? Number.NaN);
}

/** Brings what is wanted within [low, high) to its place. */
function place(
  values: Float64Array,
  wanted: readonly number[],
  low: number,
  high: number,
  depth: number,
): void {
  if (wanted.length === 0) return;
  if (depth > DEEPEST) {
    values.subarray(low, high).sort();
    return;
  }
  if (high - low <= FEW) {
    insert(values, low, high);
    return;
  }
  const { below, above } = part(values, low, high, middleOf(values, low, high));
  place(
    values,
    wanted.filter((index) => index < below),
    low,
    below,
    depth + 1,
  );
  place(
    values,
    wanted.filter((index) => index >= above),
    above,
    high,
    depth + 1,
  );
}

/** Sorts a few. */
function insert(values: Float64Array, low: number, high: number): void {
  for (let index = low + 1; index < high; index += 1) {
    const value = values[index] ?? 0;
    let free = index;
    while (free > low && (values[free - 1] ?? 0) > value) {
      values[free] = values[free - 1] ?? 0;
      free -= 1;
    }
    values[free] = value;
  }
}

/** Less than the pivot before `below`, more from `above` on. */
function part(values: Float64Array, low: number, high: number, pivot: number) {
  let below = low;
  let above = high;
  let index = low;
  while (index < above) {
    const value = values[index] ?? 0;
    if (value < pivot) {
      values[index] = values[below] ?? 0;
      values[below] = value;
      below += 1;
      index += 1;
    } else if (value > pivot) {
      above -= 1;
      values[index] = values[above] ?? 0;
      values[above] = value;
    } else index += 1;
  }
  return { below, above };
}

/** The median of three values from all over. */
function middleOf(values: Float64Array, low: number, high: number): number {
  const first = values[low] ?? 0;
  const middle = values[(low + high) >> 1] ?? 0;
  const last = values[high - 1] ?? 0;
  return Math.max(Math.min(first, middle), Math.min(Math.max(first, middle), last));
}
