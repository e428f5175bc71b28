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
 * inside texts is left alone. Several values become a list. Takes time in proportion to the text: whoever has a key can send one.
 */
export function repairJson(text: string): string {
  const repaired: string[] = [];
  let depth = 0;
  let before = "";
  let isSeveral = false;
  for (const [token] of text.matchAll(TOKEN)) {
    if (before === "}" && token === "{") {
      repaired.push(",");
      isSeveral ||= depth === 0;
    }
    if (before === "," && (token === "}" || token === "]")) repaired.pop();
    depth += depthOf(token);
    repaired.push(token);
    before = token;
  }
  const json = repaired.join("");
  return isSeveral ? `[${json}]` : json;
}

/** A text, closed or cut off; a mark; or whatever else stands between marks. White space is none of them. */
const TOKEN = /"(?:[^"\\]|\\[^])*"?|[{}[\],]|[^\s"{}[\],]+/g;

function depthOf(token: string): number {
  if (token === "{" || token === "[") return 1;
  return token === "}" || token === "]" ? -1 : 0;
}
