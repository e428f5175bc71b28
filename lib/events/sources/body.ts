import { readJson } from "#lib/events/json";

/** The bodies that monitors send, by content type; pure, so it takes the text. */
export type ParsedBody = { kind: "parsed"; payload: unknown } | { kind: "unparsable"; reason: string };

/** Fields in which senders wrap the JSON of a form. */
const JSON_FIELDS = ["payload", "data"];
const MAX_FIELDS = 1000;
const BOUNDARY = /boundary=(?:"([^"]{1,200})"|([^;\s]{1,200}))/i;
const PART_NAME = /^content-disposition:[^\r\n]*?;\s*name="([^"\r\n]*)"/im;

/**
 * Reads JSON whatever it is called (`text/plain` and a form's content type are common for it), forms with the JSON in `payload`
 * or `data`, multipart forms likewise, and other forms as an object of texts. Never throws.
 */
export function parseBody(contentType: string | null, text: string): ParsedBody {
  const body = text.replace(/^\uFEFF/, "").trim();
  if (body === "") return { kind: "unparsable", reason: "The body is empty" };
  const type = (contentType ?? "").trim().toLowerCase();
  if (type.startsWith("multipart/form-data")) return parseMultipart(contentType ?? "", body);
  const json = readJson(body);
  if (json !== null) return { kind: "parsed", payload: json.value };
  if (type.startsWith("application/x-www-form-urlencoded")) return parseQuery(body);
  return { kind: "unparsable", reason: "The body is not JSON" };
}

/**
 * The fields of a form or of an address's query string, for sources that send everything there. Pair by pair: the time that
 * URLSearchParams takes grows with the square of their number.
 */
export function parseQuery(query: string): ParsedBody {
  const fields = new Map<string, string>();
  for (const pair of query.split("&", MAX_FIELDS)) {
    for (const [name, value] of new URLSearchParams(pair)) if (!fields.has(name)) fields.set(name, value);
  }
  return fromFields(fields);
}

function parseMultipart(contentType: string, body: string): ParsedBody {
  const match = BOUNDARY.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) return { kind: "unparsable", reason: "The multipart form names no boundary" };
  const fields = new Map<string, string>();
  for (const part of body.split(`--${boundary}`, MAX_FIELDS)) {
    const head = /\r?\n\r?\n/.exec(part);
    const name = head && PART_NAME.exec(part.slice(0, head.index))?.[1];
    if (!head || !name || fields.has(name)) continue;
    fields.set(name, part.slice(head.index + head[0].length).replace(/\r?\n$/, ""));
  }
  return fromFields(fields);
}

function fromFields(fields: ReadonlyMap<string, string>): ParsedBody {
  if (fields.size === 0) return { kind: "unparsable", reason: "The form has no fields" };
  for (const name of JSON_FIELDS) {
    const text = fields.get(name);
    const json = text === undefined ? null : readJson(text);
    if (typeof json?.value === "object") return { kind: "parsed", payload: json.value };
  }
  return { kind: "parsed", payload: Object.fromEntries(fields) };
}
