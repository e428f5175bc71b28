import type { Fact } from "#lib/cel/facts";

/** Names and positions that lead to a value within JSON. */
type Place = readonly (string | number)[];

/** Where in a body the list is that all of these are elements of; null: there is no such list. */
export function placeOf(body: Fact, items: readonly Fact[]): Place | null {
  const [first] = items;
  if (!(first instanceof Map)) return null;
  const waiting: { value: Fact; place: Place }[] = [{ value: body, place: [] }];
  for (;;) {
    const next = waiting.pop();
    if (!next) return null;
    const { value, place } = next;
    if (Array.isArray(value)) {
      if (value.includes(first)) return holdsAll(value, items) ? place : null;
      value.forEach((inner, index) => {
        if (inner !== null && typeof inner === "object")
          waiting.push({ value: inner, place: [...place, index] });
      });
    } else if (value instanceof Map) {
      for (const [name, inner] of value)
        if (inner !== null && typeof inner === "object")
          waiting.push({ value: inner, place: [...place, name] });
    }
  }
}

function holdsAll(list: readonly Fact[], items: readonly Fact[]): boolean {
  const members = new Set(list);
  return items.every((item) => members.has(item));
}

/** The body with another list at a place that `placeOf` found; the rest is shared with it. */
export function withList(body: unknown, place: Place, list: readonly unknown[]): unknown {
  const [step, ...further] = place;
  if (step === undefined) return list;
  if (Array.isArray(body))
    return body.map((inner: unknown, index) => (index === step ? withList(inner, further, list) : inner));
  // fromEntries defines own properties, so a name like __proto__ stays data.
  return Object.fromEntries(
    Object.entries(Object(body) as Record<string, unknown>).map(([name, inner]) =>
      name === step ? [name, withList(inner, further, list)] : [name, inner],
    ),
  );
}
