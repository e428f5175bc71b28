import { isObject } from "#lib/events/json";
import type { JsonObject, JsonValue } from "#lib/events/json";
import { isStorableText, storableText } from "#lib/events/storable-text";

/** Deeper values are left out: writing them as JSON would exhaust the stack here and in Postgres. */
export const MAX_JSON_DEPTH = 64;
const TOO_DEEP = "(nested too deeply, left out)";

export interface StorableJson<T extends JsonValue = JsonValue> {
  value: T;
  warnings: string[];
}

/**
 * A JSON value that Postgres can store as jsonb. Returns the very same value when nothing has to be repaired, which is
 * nearly always; otherwise a copy with a warning per kind of repair. Never throws.
 */
export function storableJson(value: unknown): StorableJson {
  if (isStorable(value, 0)) return { value, warnings: [] };
  const repairs = new Set<string>();
  return { value: repair(value, 0, repairs), warnings: [...repairs] };
}

/** As storableJson; anything but an object is kept under `details`, so that rules always find an object. */
export function storableDetails(details: unknown): StorableJson<JsonObject> {
  if (details === undefined || details === null || details === "") return { value: {}, warnings: [] };
  const { value, warnings } = storableJson(details);
  return { value: isJsonObject(value) ? value : { details: value }, warnings };
}

function isJsonObject(value: JsonValue): value is JsonObject {
  return isObject(value);
}

function isStorable(value: unknown, depth: number): value is JsonValue {
  if (typeof value === "string") return isStorableText(value);
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value === "object" && value !== null) {
    return depth < MAX_JSON_DEPTH && isStorableContainer(value, depth);
  }
  return value === null || typeof value === "boolean";
}

function isStorableContainer(container: object, depth: number): boolean {
  if (Array.isArray(container)) return container.every((item) => isStorable(item, depth + 1));
  for (const [key, value] of Object.entries(container)) {
    if (!isStorableText(key) || !isStorable(value, depth + 1)) return false;
  }
  return true;
}

function repair(value: unknown, depth: number, repairs: Set<string>): JsonValue {
  if (typeof value === "string") return repairText(value, repairs);
  if (typeof value === "number" && !Number.isFinite(value)) {
    repairs.add("Numbers that are out of range were left out");
    return null;
  }
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "object" || value === null) return null;
  if (depth >= MAX_JSON_DEPTH) {
    repairs.add(`Values nested deeper than ${MAX_JSON_DEPTH} levels were left out`);
    return TOO_DEEP;
  }
  if (Array.isArray(value)) return value.map((item) => repair(item, depth + 1, repairs));
  // fromEntries defines own properties, so a key named __proto__ stays data.
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [repairText(key, repairs), repair(item, depth + 1, repairs)]),
  );
}

function repairText(text: string, repairs: Set<string>): string {
  if (isStorableText(text)) return text;
  repairs.add("Characters that can't be stored were replaced");
  return storableText(text);
}
