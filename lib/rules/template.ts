/** A part of a template: a text, or a path whose value is put in. */
export type TemplatePart = { kind: "text"; text: string } | { kind: "path"; path: string };

/** "{{event.source}} on {{event.custom_details.host}}" in its parts. */
export function parseTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let at = 0;
  for (const match of template.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)) {
    if (match.index > at) parts.push({ kind: "text", text: template.slice(at, match.index) });
    parts.push({ kind: "path", path: match[1] ?? "" });
    at = match.index + match[0].length;
  }
  if (at < template.length) parts.push({ kind: "text", text: template.slice(at) });
  return parts;
}

/** The template's text, what is missing left out; null where it names paths and none of them has a value. */
export function fillTemplate(
  parts: readonly TemplatePart[],
  valueAt: (path: string) => string | null,
): string | null {
  const values = parts.map((part) => (part.kind === "text" ? part.text : valueAt(part.path)));
  const isEmpty = parts.every((part, index) => part.kind === "text" || values[index] === null);
  if (isEmpty && parts.some(({ kind }) => kind === "path")) return null;
  return values.map((value) => value ?? "").join("");
}

/** "event.custom_details['a b'].x[0]" as a root and keys; null where it is no path. */
export function parsePath(text: string): { root: string; keys: (string | number)[] } | null {
  const match = /^\s*([A-Za-z_]\w*)((?:\.[A-Za-z_][\w-]*|\[\d+\]|\['[^']*'\]|\["[^"]*"\])*)\s*$/.exec(text);
  if (!match) return null;
  const keys = [
    ...(match[2] ?? "").matchAll(/\.([A-Za-z_][\w-]*)|\[(\d+)\]|\['([^']*)'\]|\["([^"]*)"\]/g),
  ].map(([, name, index, single, double]) =>
    index === undefined ? (name ?? single ?? double ?? "") : Number(index),
  );
  return { root: match[1] ?? "", keys };
}
