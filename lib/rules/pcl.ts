/** A condition of PagerDuty's language in CEL, or what of it can't be read or said. */
export type PclResult = { cel: string } | { error: string };

type Token = { kind: "word" | "text" | "number" | "op" | "path"; text: string };

const ROOTS: Readonly<Record<string, string>> = {
  event: "event",
  raw_event: "raw",
  variables: "vars",
  cache_var: "cache",
};
const FIELDS: Readonly<Record<string, string>> = { "event.event_action": "event.action" };
const TOKEN =
  /\s*(?:('(?:[^'\\]|\\.)*')|((?:event|raw_event|variables|cache_var)(?:\.[A-Za-z_][\w-]*|\['(?:[^'\\]|\\.)*'\]|\[\d+\])+)|(-?\d+(?:\.\d+)?(?![\w:]))|([A-Za-z_]\w*)|(>=|<=|==|!=|[()[\],<>]))/y;
const SCHEDULE =
  /^\s*now\s+in\s+([A-Za-z,-]+\s+\d{1,2}:\d{2}(?::\d{2})?\s+to\s+\d{1,2}:\d{2}(?::\d{2})?\s+[A-Za-z_/+-]+)/;

class Unreadable extends Error {}

/** Reads a condition such as `event.summary matches part 'disk' and not event.severity matches 'info'`. */
export function pclToCel(source: string): PclResult {
  try {
    const tokens = tokensOf(source);
    const reader = { tokens, at: 0 };
    const cel = either(reader);
    if (reader.at < tokens.length) throw new Unreadable(`'${tokens[reader.at]?.text ?? ""}' is not expected`);
    return { cel };
  } catch (error) {
    if (error instanceof Unreadable) return { error: error.message };
    throw error;
  }
}

/** A path in PagerDuty's names as ours, and back; null: it begins with none of them. */
export function pathFromPcl(path: string): string | null {
  const match = /^\s*([a-z_]+)(?=[.[])(.*)$/s.exec(path);
  const root = match && ROOTS[match[1] ?? ""];
  if (!match || root === undefined) return null;
  const ours = `${root}${match[2] ?? ""}`;
  return FIELDS[path.trim()] ?? ours;
}

export function pathToPcl(path: string): string {
  const named = Object.entries(FIELDS).find(([, ours]) => ours === path.trim());
  if (named) return named[0];
  const root = Object.entries(ROOTS).find(
    ([, ours]) => path.trim().startsWith(`${ours}.`) || path.trim().startsWith(`${ours}[`),
  );
  return root ? `${root[0]}${path.trim().slice(root[1].length)}` : path;
}

type Reader = { tokens: readonly Token[]; at: number };

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (source.slice(at).trim() !== "") {
    const schedule = SCHEDULE.exec(source.slice(at));
    if (schedule) {
      tokens.push({
        kind: "op",
        text: `now.during(${JSON.stringify((schedule[1] ?? "").replace(/\s+/g, " "))})`,
      });
      at += schedule[0].length;
      continue;
    }
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    if (!match) throw new Unreadable(`'${source.slice(at).trim().slice(0, 20)}' can't be read`);
    at = TOKEN.lastIndex;
    const [, text, path, number, word, op] = match;
    if (text !== undefined) tokens.push({ kind: "text", text: text.slice(1, -1).replace(/\\(.)/g, "$1") });
    else if (path !== undefined) tokens.push({ kind: "path", text: path });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (word !== undefined) tokens.push({ kind: "word", text: word });
    else tokens.push({ kind: "op", text: op ?? "" });
  }
  return tokens;
}

function takes(reader: Reader, text: string, kind: Token["kind"] = "word"): boolean {
  const token = reader.tokens[reader.at];
  if (token?.kind !== kind || token.text !== text) return false;
  reader.at += 1;
  return true;
}

function next(reader: Reader, wanted: string): Token {
  const token = reader.tokens[reader.at];
  if (!token) throw new Unreadable(`${wanted} is missing at the end`);
  reader.at += 1;
  return token;
}

function either(reader: Reader): string {
  const parts = [both(reader)];
  while (takes(reader, "or")) parts.push(both(reader));
  return parts.length === 1 ? (parts[0] ?? "") : `(${parts.join(" || ")})`;
}

function both(reader: Reader): string {
  const parts = [negated(reader)];
  while (takes(reader, "and")) parts.push(negated(reader));
  return parts.length === 1 ? (parts[0] ?? "") : `(${parts.join(" && ")})`;
}

function negated(reader: Reader): string {
  if (takes(reader, "not")) return `!(${negated(reader)})`;
  if (takes(reader, "(", "op")) {
    const inner = either(reader);
    if (!takes(reader, ")", "op")) throw new Unreadable("')' is missing");
    return inner;
  }
  return comparison(reader);
}

function comparison(reader: Reader): string {
  const token = next(reader, "A condition");
  if (token.kind === "op" && token.text.startsWith("now.")) return token.text;
  if (token.kind === "word" && token.text.endsWith("trigger_count"))
    throw new Unreadable("A threshold is not part of a condition here: it is the rule's own 'threshold'");
  const left = operand(token);
  if (takes(reader, "exists")) return `${left} != null`;
  if (takes(reader, "matches")) return matching(left, reader);
  if (takes(reader, "in")) return `${left} in ${list(reader)}`;
  const op = reader.tokens[reader.at];
  if (op?.kind !== "op" || !["==", "!=", ">", ">=", "<", "<="].includes(op.text)) return `${left} == true`;
  reader.at += 1;
  return `${left} ${op.text} ${operand(next(reader, "A value"))}`;
}

function matching(left: string, reader: Reader): string {
  let isExact = takes(reader, "exactly");
  const how = takes(reader, "part") ? "part" : takes(reader, "regex") ? "regex" : "whole";
  isExact = takes(reader, "exactly") || isExact;
  const token = next(reader, "A text");
  if (token.kind !== "text")
    throw new Unreadable(`'${token.text}' stands where a text in single quotes should`);
  const text = `string(${left})`;
  const says = (test: string) => `(${left} != null && ${test})`;
  const { text: wanted } = token;
  if (how === "regex")
    return says(`matchesRe(${text}, ${JSON.stringify(isExact ? wanted : `(?i)${wanted}`)})`);
  if (isExact)
    return says(
      how === "part" ? `${text}.contains(${JSON.stringify(wanted)})` : `${text} == ${JSON.stringify(wanted)}`,
    );
  const literal = wanted.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  return says(
    `matchesRe(${text}, ${JSON.stringify(how === "part" ? `(?i)${literal}` : `(?is)^${literal}$`)})`,
  );
}

function list(reader: Reader): string {
  if (!takes(reader, "[", "op")) throw new Unreadable("'in' needs a list, as ['a', 'b']");
  const values: string[] = [];
  while (!takes(reader, "]", "op")) {
    values.push(operand(next(reader, "A value")));
    if (!takes(reader, ",", "op") && reader.tokens[reader.at]?.text !== "]")
      throw new Unreadable("']' is missing");
  }
  return `[${values.join(", ")}]`;
}

function operand({ kind, text }: Token): string {
  switch (kind) {
    case "text":
      return JSON.stringify(text);
    case "number":
      return text;
    case "path":
      return celPath(pathFromPcl(text) ?? text);
    case "word":
      if (text === "true" || text === "false") return text;
      throw new Unreadable(`'${text}' is neither a field nor a value`);
    case "op":
      throw new Unreadable(`'${text}' is not expected`);
  }
}

/** Names that CEL can't have after a dot stand in brackets. */
function celPath(path: string): string {
  return path
    .replace(/\.([A-Za-z_][\w]*-[\w-]*)/g, (_, name: string) => `[${JSON.stringify(name)}]`)
    .replace(
      /\['((?:[^'\\]|\\.)*)'\]/g,
      (_, name: string) => `[${JSON.stringify(name.replace(/\\(.)/g, "$1"))}]`,
    );
}
