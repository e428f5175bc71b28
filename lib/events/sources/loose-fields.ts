import { plainText } from "#lib/events/event-fields";

/** Reads the first of the names that is filled in. */
export type LooseFields = (...names: string[]) => string | null;

/** Far beyond what a template holds. */
const MAX_FIELDS = 1000;

/**
 * The fields of a template that people write themselves: names count without case and punctuation, so that `EVENT.ID`,
 * `event_id` and `eventId` are one. A value that matches `placeholder` was never filled in by the product and is missing.
 */
export function looseFields(item: Record<string, unknown>, placeholder: RegExp): LooseFields {
  const fields = new Map<string, string>();
  for (const name of Object.keys(item).slice(0, MAX_FIELDS)) {
    const text = plainText(item[name]);
    const folded = fold(name);
    if (text !== null && !placeholder.test(text.trim()) && !fields.has(folded)) fields.set(folded, text);
  }
  return (...names) => {
    for (const name of names) {
      const text = fields.get(fold(name));
      if (text !== undefined) return text;
    }
    return null;
  };
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
