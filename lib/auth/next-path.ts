/**
 * The path to go to after signing in: what was asked for if it is a path on this site, else home. Refuses what a browser would
 * take for another site (`//host`, `/\host`, control characters) and the sign-in page itself.
 */
export function safeNextPath(asked: string | null | undefined, origin: string): string {
  if (!asked) return "/";
  let path = asked;
  if (!path.startsWith("/")) {
    if (!path.startsWith(`${origin}/`)) return "/";
    path = path.slice(origin.length);
  }
  if (!URL.canParse(path, "http://site.invalid")) return "/";
  const url = new URL(path, "http://site.invalid");
  if (url.host !== "site.invalid" || /^\/(sign-in|api)(\/|$)/.test(url.pathname)) return "/";
  // What was resolved may begin with two slashes though nothing asked for does: "/.//host".
  if (url.pathname.startsWith("//")) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}
