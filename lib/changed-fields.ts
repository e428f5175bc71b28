import { isDeepStrictEqual } from "node:util";

/** What an edit really changes, before and after; undefined means not given. Jsonb is compared by value. */
export function changedFields<Row extends object, Given extends object>(
  row: Row,
  given: Given,
): { before: Partial<Row>; after: Partial<Given>; isChanged: boolean } {
  const keys = Object.keys(given).filter((key) => {
    const value: unknown = Reflect.get(given, key);
    return value !== undefined && !isDeepStrictEqual(value, Reflect.get(row, key));
  });
  const pick = <T extends object>(from: T): Partial<T> =>
    Object.fromEntries(keys.map((key) => [key, Reflect.get(from, key) as unknown])) as Partial<T>;
  return { before: pick(row), after: pick(given), isChanged: keys.length > 0 };
}
