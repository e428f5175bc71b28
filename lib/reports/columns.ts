/** What kinds of columns there are, by name: numbers (NaN for null), whole numbers, and words as codes. */
export type Layout<N extends string, W extends string> = {
  numbers: readonly N[];
  /** Whole numbers and codes of words. */
  wholes: readonly W[];
};

/** Rows as columns: the n-th of each column is of one row. */
export type Columns<N extends string, W extends string> = { count: number } & Record<N, Float64Array> &
  Record<W, Int32Array>;

/** Rows out of columns, by their places in ascending order. */
export type Picked<N extends string, W extends string> = { columns: Columns<N, W>; places: Uint32Array };

/** The places that pass. */
export function placesOf(count: number, passes: (place: number) => boolean): Uint32Array {
  const places = new Uint32Array(count);
  let length = 0;
  for (let place = 0; place < count; place += 1) {
    if (!passes(place)) continue;
    places[length] = place;
    length += 1;
  }
  return places.subarray(0, length);
}

/** One after the other as columns of their own. */
export function gather<N extends string, W extends string>(
  layout: Layout<N, W>,
  parts: readonly Picked<N, W>[],
): Columns<N, W> {
  const count = parts.reduce((sum, { places }) => sum + places.length, 0);
  const gathered: Record<string, number | Float64Array | Int32Array> = { count };
  // One piece of memory for all columns: many large ones would keep the garbage collector busy.
  const memory = new ArrayBuffer(count * (layout.numbers.length * 8 + layout.wholes.length * 4));
  let at = 0;
  for (const name of layout.numbers) {
    gathered[name] = fill(new Float64Array(memory, at, count), name, parts);
    at += count * 8;
  }
  for (const name of layout.wholes) {
    gathered[name] = fill(new Int32Array(memory, at, count), name, parts);
    at += count * 4;
  }
  return gathered as Columns<N, W>;
}

function fill<T extends Float64Array | Int32Array, N extends string, W extends string>(
  into: T,
  name: N | W,
  parts: readonly Picked<N, W>[],
): T {
  let at = 0;
  for (const { columns, places } of parts) {
    const from: Float64Array | Int32Array = columns[name];
    if (places.length === columns.count) into.set(from, at);
    else copyPlaces(into, at, from, places);
    at += places.length;
  }
  return into;
}

function copyPlaces(
  into: Float64Array | Int32Array,
  at: number,
  from: Float64Array | Int32Array,
  places: Uint32Array,
): void {
  for (let index = 0; index < places.length; index += 1) into[at + index] = from[places[index] ?? 0] ?? 0;
}
