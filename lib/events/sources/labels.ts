import { plainText } from "#lib/events/event-fields";
import { isObject } from "#lib/events/json";
import { storableText } from "#lib/events/storable-text";

/** Names and texts of a monitor's labels, tags or annotations. A map, so that no name can reach an object's prototype. */
export type Labels = ReadonlyMap<string, string>;

/** Numbers and booleans become text; blank and nested values are passed over. */
export function readLabels(value: unknown): Labels {
  const labels = new Map<string, string>();
  if (!isObject(value)) return labels;
  for (const [name, item] of Object.entries(value)) {
    const text = plainText(item);
    if (text !== null) labels.set(storableText(name), storableText(text));
  }
  return labels;
}

/** The first of the names that is set; the exact spelling first, then any capitals. */
export function findLabel(labels: Labels, ...names: string[]): string | null {
  for (const name of names) {
    const text = labels.get(name) ?? findIgnoringCase(labels, name);
    if (text !== null) return text;
  }
  return null;
}

function findIgnoringCase(labels: Labels, name: string): string | null {
  const wanted = name.toLowerCase();
  for (const [key, text] of labels) {
    if (key.length === name.length && key.toLowerCase() === wanted) return text;
  }
  return null;
}
