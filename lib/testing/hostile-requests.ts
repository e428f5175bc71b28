import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";
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

type Keys = { key: string; beat: string; mailbox: string };

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
const METHODS = [...Array<string>(16).fill("POST"), "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PURGE"];
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
/** What JSON.stringify never writes and JSON.parse reads. */
const LITERALS = [
  "1e999",
  "-1e-999",
  "1".repeat(1_000),
  "0.".padEnd(1_000, "1"),
  String.raw`"\ud800"`,
  String.raw`"\u0000"`,
  '{"__proto__":{"a":1},"constructor":{"prototype":{}},"toString":1,"hasOwnProperty":2}',
  '{"a":1,"a":{"b":2},"a":null}',
  '{"":""}',
  `[${"0,".repeat(5_000)}0]`,
];
const DEEP = ["[".repeat(5_000), '{"a":'.repeat(5_000), `${"[".repeat(500)}${"]".repeat(500)}`];

/** Random and mutated requests to every path of the intake; `key` is that of an integration, the others of a heartbeat and a mailbox. */
export function hostileRequest(random: Random, keys: Keys): HostileRequest {
  const pick = <T>(list: readonly T[]): T => {
    const found = list[Math.floor(random() * list.length)];
    if (found === undefined) throw new Error("There is nothing to pick from.");
    return found;
  };
  const key = random() < 0.9 ? keys.key : pick([...TEXTS, keys.key.slice(1), keys.key.toUpperCase()]);
  const { path, message } = pick(TARGETS)({ ...keys, key }, pick);
  const changed = structuredClone(message);
  for (let left = Math.floor(random() * 4); left > 0; left -= 1) changeSomewhere(changed, random, pick);
  const type = pick(TYPES);
  const text = mangled(typeof changed === "string" ? changed : encoded(changed, type, random), random, pick);
  const method = pick(METHODS);
  const query =
    random() < 0.15 ? `?${encodeURI(text.toWellFormed().slice(0, 2_000)).replaceAll("#", "")}` : "";
  const hasBody = method !== "GET" && method !== "HEAD";
  const bytes = damaged(Buffer.from(text, random() < 0.05 ? "latin1" : "utf8"), random);
  const [encoding, body] = random() < 0.1 ? pick(ENCODINGS)(bytes) : ["", bytes];
  return {
    method,
    path: `${path}${query}`,
    headers: {
      ...(type === "" ? {} : { "content-type": type }),
      ...(encoding === "" ? {} : { "content-encoding": encoding }),
    },
    body: hasBody ? body : null,
  };
}

/** Compressed, or only said to be. */
const ENCODINGS: ((bytes: Buffer) => [string, Buffer])[] = [
  (bytes) => ["gzip", gzipSync(bytes)],
  (bytes) => ["deflate", deflateSync(bytes)],
  (bytes) => ["br", brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
  (bytes) => ["gzip", gzipSync(bytes).subarray(0, -5)],
  (bytes) => ["gzip", gzipSync(Buffer.concat([bytes, Buffer.alloc(8_000_000, 32)]))],
  (bytes) => ["gzip", bytes],
  (bytes) => ["gzip, br", bytes],
];

/** Sometimes cut within a character, or with a byte overwritten. */
function damaged(bytes: Buffer, random: Random): Buffer {
  const kind = random();
  if (kind > 0.06 || bytes.length === 0) return bytes;
  const at = Math.floor(random() * bytes.length);
  if (kind < 0.02) return Buffer.concat([bytes.subarray(0, at), Buffer.from([0xf0, 0x9f, 0x98])]);
  if (kind < 0.04) return Buffer.concat([bytes.subarray(0, at), Buffer.from([0xc0, 0xaf, 0xff])]);
  bytes[at] = Math.floor(random() * 256);
  return bytes;
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

const MAILS = [
  "From: Jo <jo@example.com>\r\nTo: x@example.com\r\nSubject: Fuzz\r\nMessage-ID: <a@example.com>\r\n\r\nIt is down.\r\n",
  'From: jo@example.com\r\nSubject: =?utf-8?B?8J+Y?= =?x-unknown?Q?=FF?=\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-7\r\nContent-Transfer-Encoding: base64\r\n\r\nPGI+\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@example.com\r\n\r\nx\r\n--b--\r\n',
  "From: a@example.com, b@example.com\r\nIn-Reply-To: <a@example.com>\r\nReferences: <b@example.com> <\r\nDate: never\r\nAuto-Submitted: auto-replied\r\n\r\n",
];

const TARGETS: ((keys: Keys, pick: Pick) => Target)[] = [
  ({ key }, pick) => ({
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
  ({ key }, pick) => ({
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
  ({ key }) => ({
    path: "/v2/change/enqueue",
    message: {
      routing_key: key,
      payload: { summary: "Fuzz", timestamp: "2026-01-11T18:00:00Z", custom_details: { a: 1 } },
      links: [{ href: "https://example.com" }],
    },
  }),
  ({ mailbox }, pick) => ({ path: `/integrations/email/${mailbox}`, message: pick(MAILS) }),
  ({ beat }) => ({ path: `/integrations/heartbeat/${beat}`, message: { any: "thing" } }),
  ...Array.from({ length: 6 }, () => ({ key }: Keys, pick: Pick) => {
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
  if (kind < 0.52) return text;
  if (kind < 0.6) return withLiteral(text, random, pick);
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

/** With one of its values replaced by what no value is written as, or its first field a second time. */
function withLiteral(text: string, random: Random, pick: Pick): string {
  const values = [...text.matchAll(/:\s*("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null)/g)];
  if (values.length === 0) return text;
  const { index, 0: whole } = pick(values);
  if (random() < 0.2) return text.replace("{", `{${text.slice(1, text.indexOf(","))},`);
  return `${text.slice(0, index)}:${pick(LITERALS)}${text.slice(index + whole.length)}`;
}
