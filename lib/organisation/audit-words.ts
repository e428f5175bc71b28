/** "rotate_key" and "demo.removed" as people read them. */
export function words(name: string): string {
  return name.replaceAll(/[._]/g, " ");
}

export type ChangedField = { field: string; before: string | null; after: string | null };

/** What a change did, field by field; null: it was not said. Only what differs, where both sides are known. */
export function changesOf(
  before: Readonly<Record<string, unknown>> | null,
  after: Readonly<Record<string, unknown>> | null,
): ChangedField[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields
    .map((field) => ({ field, before: text(before, field), after: text(after, field) }))
    .filter((change) => change.before !== change.after);
}

function text(record: Readonly<Record<string, unknown>> | null, field: string): string | null {
  if (record === null || !(field in record)) return null;
  const value = record[field];
  return typeof value === "string" ? value : JSON.stringify(value, null, 1);
}
