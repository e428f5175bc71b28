import { env } from "#lib/env";

/**
 * Whether a write was sent by one of our own pages: its Origin is the configured address, or the host that the request itself names.
 * A browser always sends Origin with a write; one without it is refused unless Fetch Metadata vouches for it.
 */
export function isSameOrigin(request: Request): boolean {
  const origin = request.headers.get("origin");
  if (origin === null) return request.headers.get("sec-fetch-site") === "same-origin";
  if (origin === new URL(env().url).origin) return true;
  if (!URL.canParse(origin)) return false;
  return new URL(origin).host === request.headers.get("host");
}
