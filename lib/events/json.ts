export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

export interface JsonObject {
  [key: string]: JsonValue;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Far deeper than anything that is sent; reading millions of open brackets would hold up the process for a second. */
const BOTTOMLESS = "[".repeat(1000);

/** What a JSON text says, null where it is none. */
export function readJson(text: string): { value: unknown } | null {
  if (text.includes(BOTTOMLESS)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch {
    return null;
  }
}
