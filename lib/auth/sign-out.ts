import { secureCookies, sessionCookieName } from "#lib/auth/session-cookie";
import { isSameOrigin } from "#lib/http/same-origin";

/** Ends the session of this browser; works as a plain form post. Other devices stay signed in. */
export function handleSignOut(request: Request): Response {
  if (!isSameOrigin(request))
    return new Response("This must be sent from Touchline's own pages.", { status: 403 });
  const secure = secureCookies() ? "; Secure" : "";
  return new Response(null, {
    status: 303,
    headers: {
      location: "/sign-in?signed_out=1",
      "cache-control": "no-store",
      "set-cookie": `${sessionCookieName()}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`,
    },
  });
}
