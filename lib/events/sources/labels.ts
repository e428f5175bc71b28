import { plainText } from "#lib/events/event-fields";
import { isObject } from "#lib/events/json";
import { storableText } from "#lib/events/storable-text";

/** Far beyond what monitors send; a body of millions of tiny labels must not hold up the process. */
const MAX_LABELS = 1000;

/** A monitor's labels, tags or annotations. Maps, so that no name can reach an object's prototype. */
export interface Labels {
  byName: ReadonlyMap<string, string>;
  /** By name in lower case; of names that differ in capitals only, the first. */
  byFoldedName: ReadonlyMap<string, string>;
}

/**
 * Numbers and booleans become text; blank and nested values are passed over, and so is what follows the first 1,000 names of
 * an object. Of several objects the later ones win.
 */
export function readLabels(...objects: unknown[]): Labels {
  const byName = new Map<string, string>();
  for (const object of objects.filter(isObject)) {
    for (const name of Object.keys(object).slice(0, MAX_LABELS)) {
      const text = plainText(object[name]);
      if (text !== null) byName.set(storableText(name), storableText(text));
    }
  }
  const byFoldedName = new Map<string, string>();
  for (const [name, text] of byName) {
    const folded = name.toLowerCase();
    if (!byFoldedName.has(folded)) byFoldedName.set(folded, text);
  }
  return { byName, byFoldedName };
}

/** The first of the names that is set; the exact spelling first, then any capitals. */
export function findLabel(labels: Labels, ...names: string[]): string | null {
  for (const name of names) {
    const text = labels.byName.get(name) ?? labels.byFoldedName.get(name.toLowerCase());
    if (text !== undefined) return text;
  }
  return null;
}
