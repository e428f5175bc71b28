/** What an expression reads: JSON whose missing fields are null. */
export type Fact = null | boolean | number | string | Fact[] | Map<string, Fact>;

function getOrNull(this: Map<string, Fact>, key: string): Fact {
  return Map.prototype.get.call(this, key) ?? null;
}

/** JSON for expressions. Objects become maps that answer null for what they don't have, so that a missing field is no error. */
export function toFact(json: unknown): Fact {
  if (Array.isArray(json)) return json.map(toFact);
  if (json !== null && typeof json === "object") {
    const map = new Map<string, Fact>();
    for (const [key, value] of Object.entries(json)) if (value !== undefined) map.set(key, toFact(value));
    map.get = getOrNull;
    return map;
  }
  if (typeof json === "string" || typeof json === "number" || typeof json === "boolean") return json;
  return null;
}

/** A way from a root (`event`) to a value within it. */
export type Path = { root: string; keys: readonly (string | number)[] };

/** The value at a path; null where the way ends early. */
export function valueAt(roots: Readonly<Record<string, Fact>>, { root, keys }: Path): Fact {
  let value: Fact = roots[root] ?? null;
  for (const key of keys) {
    if (value instanceof Map) value = value.get(String(key)) ?? null;
    else if (Array.isArray(value) && typeof key === "number") value = value[key] ?? null;
    else return null;
  }
  return value;
}

/** A value as text: of lists and maps there is none. */
export function textOf(value: Fact): string | null {
  if (value === null || typeof value === "object") return null;
  return String(value);
}

/** What an expression answered, as JSON: whole numbers and instants are CEL's own; what JSON has no word for is null. Never throws. */
export function jsonOf(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object") return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map(jsonOf);
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, inner]) => [String(key), jsonOf(inner)]));
  if (Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, jsonOf(inner)]));
  return null;
}
