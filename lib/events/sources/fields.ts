import { plainText } from "#lib/events/event-fields";
import { isObject } from "#lib/events/json";

/** The value at a path of names and list positions ("data.issue.id", "targets.0.name"), undefined where it leads nowhere. */
export function valueAt(item: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, name) => {
    if (Array.isArray(value)) return value[Number(name)];
    return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }, item);
}

/** The first of the paths that leads to a text, a number or a boolean, as text. */
export function textAt(item: unknown, ...paths: string[]): string | null {
  for (const path of paths) {
    const text = plainText(valueAt(item, path));
    if (text !== null) return text;
  }
  return null;
}

/** The object at a path, an empty one where there is none. */
export function objectAt(item: unknown, path: string): Record<string, unknown> {
  const value = valueAt(item, path);
  return isObject(value) ? value : {};
}

/** The parts joined, or null when one is missing: half an identity is none. */
export function joined(...parts: (string | null)[]): string | null {
  return parts.every((part) => part !== null) ? parts.join(":") : null;
}
