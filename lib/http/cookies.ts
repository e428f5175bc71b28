/** A lookup in the request's Cookie header. */
export function cookieReader(request: Request): (name: string) => string | undefined {
  const header = request.headers.get("cookie") ?? "";
  const values = new Map<string, string>();
  for (const pair of header.split(";")) {
    const at = pair.indexOf("=");
    if (at < 0) continue;
    values.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
  }
  return (name) => values.get(name);
}
