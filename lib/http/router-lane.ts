/** `urgent`: what people and other systems answer pages with, what tells whether they go out, and files. `ordinary`: pages and APIs. */
export type RouterLane = "urgent" | "ordinary";

const URGENT =
  /^\/+(?:a|api\/hooks|api\/chat|api\/health|api\/live|api\/events|metrics|_next\/static)(?:[/?]|$)/;
/** Files of `public`. */
const FILE = /^\/[^?]*\.(?:js|png|svg|webmanifest)(?:\?|$)/;

/** In which lane a request for a target (path and query) waits for the router; neither waits for the other. */
export function routerLane(target: string): RouterLane {
  return URGENT.test(target) || FILE.test(target) ? "urgent" : "ordinary";
}
