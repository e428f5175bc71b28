import { AppError } from "#lib/errors";

export type QueryValues = Record<string, string | string[]>;

/** A query string as an object: a key that repeats, or ends in `[]`, becomes an array under the name without brackets. */
export function queryObject(search: URLSearchParams): QueryValues {
  const values: QueryValues = Object.create(null);
  for (const [rawKey, value] of search) {
    if (rawKey.includes("\u0000") || value.includes("\u0000"))
      throw new AppError("invalid", "The query contains U+0000.");
    const bracketed = /^(.*)\[\d*\]$/s.exec(rawKey);
    const key = bracketed?.[1] ?? rawKey;
    const before = values[key];
    if (before === undefined) values[key] = bracketed ? [value] : value;
    else values[key] = [...(Array.isArray(before) ? before : [before]), value];
  }
  return values;
}
