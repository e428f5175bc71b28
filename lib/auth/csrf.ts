import { createHash } from "node:crypto";
import { secureCookies, sessionSecret } from "#lib/auth/session-cookie";

/** The name of next-auth's CSRF cookie, whose token its forms must repeat. */
export function csrfCookieName(): string {
  return secureCookies() ? "__Host-next-auth.csrf-token" : "next-auth.csrf-token";
}

/** The token inside the CSRF cookie; null when there is none, or it was made with another secret. */
export function readCsrfToken(cookie: string | undefined): string | null {
  const [token, hash] = (cookie ?? "").split("|");
  if (!token || !hash) return null;
  const expected = createHash("sha256").update(`${token}${sessionSecret()}`).digest("hex");
  return hash === expected ? token : null;
}
