/** What a path of the intake asks for. `source`, `key` and `query` are as written; whether they exist is another question. */
export type IntakeTarget =
  | { kind: "enqueue" }
  | { kind: "change" }
  | { kind: "enqueue-v1" }
  | { kind: "source"; source: string; key: string; query: string };

const ENQUEUE: IntakeTarget = { kind: "enqueue" };
const SOURCE = /^\/integrations\/([a-z0-9-]{1,64})\/([^/]{1,255})$/;

/**
 * The intake target of a request's path (with or without query), null for every other path. Clients glue base and path together naively, so
 * repeated slashes and a trailing one make no difference.
 */
export function intakeTarget(target: string): IntakeTarget | null {
  if (target === "/v2/enqueue") return ENQUEUE;
  const end = target.indexOf("?");
  const path = (end < 0 ? target : target.slice(0, end)).replace(/\/{2,}/g, "/").replace(/(.)\/$/, "$1");
  if (path === "/v2/enqueue") return ENQUEUE;
  if (path === "/v2/change/enqueue") return { kind: "change" };
  if (path === "/generic/2010-04-15/create_event.json") return { kind: "enqueue-v1" };
  const match = SOURCE.exec(path);
  if (!match?.[1] || match[2] === undefined) return null;
  return { kind: "source", source: match[1], key: match[2], query: end < 0 ? "" : target.slice(end + 1) };
}
