/**
 * What a path of the intake asks for. `source`, `key` and `query` are as written; whether they exist is another question. `nothing`: it
 * lies where integrations are, and names none.
 */
export type IntakeTarget =
  | { kind: "enqueue" }
  | { kind: "change" }
  | { kind: "enqueue-v1" }
  | { kind: "source"; source: string; key: string; query: string }
  | { kind: "nothing" };

const ENQUEUE: IntakeTarget = { kind: "enqueue" };
const INTEGRATIONS = /^\/integrations(?:\/|$)/;
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
  // No page lies there; the router would take a posted form for an action of one.
  if (!match?.[1] || match[2] === undefined) return INTEGRATIONS.test(path) ? { kind: "nothing" } : null;
  return { kind: "source", source: match[1], key: match[2], query: end < 0 ? "" : target.slice(end + 1) };
}
