import { SOURCE_PRODUCTS } from "#lib/events/sources/products";
import { JSON_SOURCE } from "#lib/events/sources/json";
import { testMessages } from "#lib/events/test-messages";
import { SOURCE_MESSAGES } from "#lib/testing/source-messages";

export interface HostileRequest {
  method: string;
  /** With query; characters that no client could send are encoded. */
  path: string;
  headers: Record<string, string>;
  body: Buffer | null;
}

type Random = () => number;

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const AT = new Date("2026-01-11T18:00:00Z");
const TYPES = [
  "application/json",
  "text/plain; charset=UTF-8",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=b1",
  "multipart/form-data",
  "application/octet-stream",
  "",
];
const METHODS = ["POST", "POST", "POST", "POST", "POST", "POST", "GET", "HEAD", "PUT", "DELETE"];
const TEXTS = [
  "",
  "\0",
  "\uD800",
  "😀",
  "\u202E",
  "<script>alert(1)</script>",
  "__proto__",
  "constructor",
  "{{x}}",
  "$ALERT_ID",
  "*x*",
  "x".repeat(300),
  "9".repeat(400),
  "0001-01-01T00:00:00Z",
  "%",
  "]]>",
  '"',
  "\\",
];
const VALUES: unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  -0.5,
  Number.MAX_SAFE_INTEGER,
  [],
  {},
  [[[[[[]]]]]],
  { __proto__: 1, a: { b: { c: [1, "2"] } } },
];
const DEEP = ["[".repeat(5_000), '{"a":'.repeat(5_000), `${"[".repeat(500)}${"]".repeat(500)}`];

/** Random and mutated requests to every path of the intake; `key` is that of an integration, `beat` that of a heartbeat. */
export function hostileRequest(random: Random, keys: { key: string; beat: string }): HostileRequest {
  const pick = <T>(list: readonly T[]): T => {
    const found = list[Math.floor(random() * list.length)];
    if (found === undefined) throw new Error("There is nothing to pick from.");
    return found;
  };
  const key = random() < 0.9 ? keys.key : pick([...TEXTS, keys.key.slice(1), keys.key.toUpperCase()]);
  const { path, message } = pick(TARGETS)(key, keys.beat, pick);
  const changed = structuredClone(message);
  for (let left = Math.floor(random() * 4); left > 0; left -= 1) changeSomewhere(changed, random, pick);
  const type = pick(TYPES);
  const text = mangled(encoded(changed, type, random), random, pick);
  const method = pick(METHODS);
  const query =
    random() < 0.15 ? `?${encodeURI(text.toWellFormed().slice(0, 2_000)).replaceAll("#", "")}` : "";
  const hasBody = method !== "GET" && method !== "HEAD";
  return {
    method,
    path: `${path}${query}`,
    headers: type === "" ? {} : { "content-type": type },
    body: hasBody ? Buffer.from(text, random() < 0.05 ? "latin1" : "utf8") : null,
  };
}

type Target = { path: string; message: unknown };
type Pick = <T>(list: readonly T[]) => T;

const facts = { id: "fuzz", title: "Fuzz", at: AT };
const MESSAGES = [
  ...SOURCE_MESSAGES.flatMap(({ source, fire, resolve }) =>
    [fire, resolve].map((message) => ({ source, message })),
  ),
  ...[...SOURCE_PRODUCTS, { source: JSON_SOURCE }].flatMap(({ source }) => {
    const messages = testMessages(source, facts);
    return [messages?.fire, messages?.over].map((message) => ({ source, message }));
  }),
].filter(({ message }) => message !== null && message !== undefined);

const TARGETS: ((key: string, beat: string, pick: Pick) => Target)[] = [
  (key, _beat, pick) => ({
    path: pick(["/v2/enqueue", "/v2//enqueue/", "/v2/enqueue"]),
    message: {
      routing_key: key,
      event_action: pick(["trigger", "resolve", "acknowledge", "x"]),
      dedup_key: pick(["a", "b", "c", "d"]),
      client: "fuzz",
      links: [{ href: "https://example.com", text: "x" }],
      images: [{ src: "https://example.com/x.png" }],
      payload: {
        summary: "Fuzz",
        source: "fuzz",
        severity: pick(["critical", "error", "info"]),
        timestamp: "2026-01-11T18:00:00Z",
        custom_details: { a: [1, { b: "c" }] },
      },
    },
  }),
  (key, _beat, pick) => ({
    path: "/generic/2010-04-15/create_event.json",
    message: {
      service_key: key,
      event_type: pick(["trigger", "resolve", "acknowledge"]),
      incident_key: pick(["a", "b"]),
      description: "Fuzz",
      details: { a: 1 },
      contexts: [{ type: "link", href: "https://example.com" }],
    },
  }),
  (key) => ({
    path: "/v2/change/enqueue",
    message: {
      routing_key: key,
      payload: { summary: "Fuzz", timestamp: "2026-01-11T18:00:00Z", custom_details: { a: 1 } },
      links: [{ href: "https://example.com" }],
    },
  }),
  (_key, beat) => ({ path: `/integrations/heartbeat/${beat}`, message: { any: "thing" } }),
  ...Array.from({ length: 6 }, () => (key: string, _beat: string, pick: Pick) => {
    const { source, message } = pick(MESSAGES);
    return { path: `/integrations/${source}/${encodeURIComponent(key.toWellFormed())}`, message };
  }),
];

function changeSomewhere(target: unknown, random: Random, pick: Pick): void {
  let holder = target;
  for (;;) {
    if (typeof holder !== "object" || holder === null) return;
    const names = Object.keys(holder);
    if (names.length === 0) return;
    const name = pick(names);
    const inner: unknown = Reflect.get(holder, name);
    if (typeof inner === "object" && inner !== null && random() < 0.7) {
      holder = inner;
      continue;
    }
    if (random() < 0.2) Reflect.deleteProperty(holder, name);
    else Reflect.set(holder, name, random() < 0.6 ? pick(TEXTS) : structuredClone(pick(VALUES)));
    return;
  }
}

function encoded(message: unknown, type: string, random: Random): string {
  const json = JSON.stringify(message);
  if (type.startsWith("application/x-www-form") && random() < 0.8) {
    const fields = Object.entries(Object(message) as Record<string, unknown>).map(([name, value]) => [
      name.toWellFormed(),
      (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).toWellFormed(),
    ]);
    return random() < 0.5
      ? `payload=${encodeURIComponent(json.toWellFormed())}`
      : new URLSearchParams(fields).toString();
  }
  if (type.startsWith("multipart") && random() < 0.8) {
    return `--b1\r\nContent-Disposition: form-data; name="data"\r\n\r\n${json}\r\n--b1--\r\n`;
  }
  return json;
}

/** Sometimes cut, repeated, overwritten or replaced as a whole. */
function mangled(text: string, random: Random, pick: Pick): string {
  const at = () => Math.floor(random() * text.length);
  const kind = random();
  if (kind < 0.6) return text;
  if (kind < 0.7) return text.slice(0, at());
  if (kind < 0.8) return text.slice(0, at()) + pick(TEXTS) + text.slice(at());
  if (kind < 0.87) return text + text.slice(at());
  if (kind < 0.92)
    return `[${Array<string>(Math.floor(random() * 50))
      .fill(text)
      .join(",")}]`;
  if (kind < 0.95) return pick(DEEP);
  if (kind < 0.97)
    return String.fromCharCode(...Array.from({ length: 200 }, () => Math.floor(random() * 65_536)));
  return pick(TEXTS);
}
