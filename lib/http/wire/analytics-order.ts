type Row = Readonly<Record<string, string | number | null>>;

/** Rows by one of their fields, those without a value last; as they come if the field is none of theirs. */
export function byOrder<T extends Row>(
  rows: readonly T[],
  order: string | null,
  orderBy: string | null,
): T[] {
  if (orderBy === null || rows.length === 0 || !rows.some((row) => orderBy in row)) return [...rows];
  const sign = order === "asc" ? 1 : -1;
  return rows.toSorted((a, b) => {
    const [x, y] = [a[orderBy] ?? null, b[orderBy] ?? null];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    if (typeof x === "number" && typeof y === "number") return sign * (x - y);
    return sign * String(x).localeCompare(String(y), "en");
  });
}
