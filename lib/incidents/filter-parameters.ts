export type UrlParameters =
  | URLSearchParams
  | Readonly<Record<string, string | readonly string[] | undefined>>;

const MAX_ITEMS = 50;
const ID = /^[A-Z0-9]{1,32}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/;

function readAll(parameters: UrlParameters, key: string): readonly string[] {
  const value = parameters instanceof URLSearchParams ? parameters.getAll(key) : (parameters[key] ?? []);
  const texts = typeof value === "string" ? [value] : value;
  // PostgreSQL text can't hold a NUL.
  return texts.map((text) => text.replaceAll("\0", ""));
}

/** The items of a comma-separated parameter, at most 50. */
export function readItems(parameters: UrlParameters, key: string): string[] {
  const items = readAll(parameters, key).flatMap((text) => text.split(","));
  return items
    .map((item) => item.trim())
    .filter((item) => item !== "")
    .slice(0, MAX_ITEMS);
}

/** The last value of a parameter, trimmed; null without one. */
function readText(parameters: UrlParameters, key: string): string | null {
  const text = readAll(parameters, key).at(-1)?.trim() ?? "";
  return text === "" ? null : text;
}

/** Reads the parameters of a URL one by one; values that mean nothing are left out and named in `ignored`. */
export function parameterReader(parameters: UrlParameters) {
  const ignored: string[] = [];
  /** The distinct items that `accept` turns into something. */
  const list = <T extends string>(key: string, accept: (item: string) => readonly T[]): T[] => {
    const accepted = readItems(parameters, key).flatMap((item) => {
      const found = accept(item);
      if (found.length === 0) ignored.push(`${key}=${item}`);
      return found;
    });
    return [...new Set(accepted)];
  };
  /** What `accept` makes of the last value; null without one, and where it means nothing. */
  const one = <T>(key: string, accept: (text: string) => T | null): T | null => {
    const text = readText(parameters, key);
    if (text === null) return null;
    const value = accept(text);
    if (value === null) ignored.push(`${key}=${text}`);
    return value;
  };
  return { list, one, ignored };
}

/** Takes the words of a closed list. */
export function wordOf<T extends string>(words: readonly T[]): (item: string) => readonly T[] {
  return (item) => words.filter((word) => word === item);
}

/** Takes ids, and these words. */
export function idOr(...words: string[]): (item: string) => readonly string[] {
  return (item) => (words.includes(item) || ID.test(item) ? [item] : []);
}

/** yes: true, no: false, all else means nothing. */
export function yesOrNo(text: string): boolean | null {
  if (text === "yes") return true;
  return text === "no" ? false : null;
}

/** Accepts what both JavaScript and PostgreSQL read as a real day or instant: 30 February is neither. */
export function timeOf(text: string): string | null {
  if (!DATE.test(text) && !INSTANT.test(text)) return null;
  const day = text.slice(0, 10);
  const midnight = new Date(`${day}T00:00:00Z`);
  const real =
    !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day) && day >= "1970-01-01";
  const instant = new Date(text);
  if (!real || Number.isNaN(instant.getTime())) return null;
  return DATE.test(text) ? text : instant.toISOString();
}
