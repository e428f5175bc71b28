/**
 * The path under which the router knows a public API address: clients glue base and path together naively, so repeated slashes and a trailing
 * one are dropped rather than redirected (they treat any redirect as a failure). Other paths are left alone. Takes and gives a request
 * target: path and query.
 */
export function publicPath(target: string): string {
  const at = target.indexOf("?");
  const path = at < 0 ? target : target.slice(0, at);
  if (!/^\/+api\/+v2(\/|$)/.test(path)) return target;
  const tidy = path.replace(/\/{2,}/g, "/").replace(/(.)\/$/, "$1");
  return at < 0 ? tidy : tidy + target.slice(at);
}
