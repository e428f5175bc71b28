const ENTITIES: Readonly<Record<string, string>> = {
  "&quot;": '"',
  "&#34;": '"',
  "&#39;": "'",
  "&#x27;": "'",
  "&#x2F;": "/",
  "&#x60;": "`",
  "&#x3D;": "=",
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
};
const ENTITY = /&(?:quot|#34|#39|#x27|#x2F|#x60|#x3D|lt|gt|amp);/g;

/** Mustache escapes for HTML what it puts into a text with two braces; each entity is read once. */
export function unescapeMustache(text: string): string {
  return text.includes("&") ? text.replace(ENTITY, (entity) => ENTITIES[entity] ?? entity) : text;
}

/**
 * JSON as templates that loop produce it: objects one after the other without a comma, or with one behind the last. What lies
 * inside texts is left alone. Several values become a list.
 */
export function repairJson(text: string): string {
  let repaired = "";
  let depth = 0;
  let isText = false;
  let before = "";
  let isSeveral = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    if (isText) {
      if (char === "\\") repaired += char + text.charAt((index += 1));
      else repaired += char;
      isText = char !== '"';
      continue;
    }
    if (/\s/.test(char)) continue;
    if (before === "}" && char === "{") {
      repaired += ",";
      isSeveral ||= depth === 0;
    }
    if (before === "," && (char === "}" || char === "]")) repaired = repaired.slice(0, -1);
    depth += depthOf(char);
    isText = char === '"';
    repaired += char;
    before = char;
  }
  return isSeveral ? `[${repaired}]` : repaired;
}

function depthOf(char: string): number {
  if (char === "{" || char === "[") return 1;
  return char === "}" || char === "]" ? -1 : 0;
}
