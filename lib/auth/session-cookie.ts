import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { derivedKey } from "#lib/auth/derived-key";
import { env } from "#lib/env";

/** How long a session lasts without being used. Being signed out at 3 am is a paging failure, so it is long and it rolls. */
export const SESSION_SECONDS = 30 * 24 * 3600;
const RENEW_AFTER_SECONDS = 24 * 3600;

const claims = z.object({
  userId: z.string(),
  sessionVersion: z.number().int(),
  iat: z.number(),
  jti: z.string(),
  // Of a renewed session, whose token has an id of its own.
  sid: z.string().optional(),
});

export type SessionClaims = {
  userId: string;
  sessionVersion: number;
  issuedAt: number;
  /** Stays the same from sign-in to sign-out, however often the session is renewed. */
  sessionId: string;
};

/** Cookies are `__Secure-` (and the token is sent over TLS alone) when people open Touchline with https. */
export function secureCookies(): boolean {
  return env().url.startsWith("https://");
}

export function sessionSecret(): string {
  return derivedKey("session").toString("hex");
}

/** The name that next-auth gives its session cookie. */
export function sessionCookieName(): string {
  return secureCookies() ? "__Secure-next-auth.session-token" : "next-auth.session-token";
}

/** Reads and decrypts the session cookie, whole or in next-auth's chunks. Null when it is absent, expired or not ours. */
export async function readSessionClaims(
  cookie: (name: string) => string | undefined,
): Promise<SessionClaims | null> {
  const name = sessionCookieName();
  const token = cookie(name) ?? joinChunks(name, cookie);
  if (token === "") return null;
  try {
    const payload = await decode({ token, secret: sessionSecret() });
    const parsed = claims.safeParse(payload);
    if (!parsed.success) return null;
    return {
      userId: parsed.data.userId,
      sessionVersion: parsed.data.sessionVersion,
      issuedAt: parsed.data.iat,
      sessionId: parsed.data.sid ?? parsed.data.jti,
    };
  } catch {
    return null;
  }
}

function joinChunks(name: string, cookie: (name: string) => string | undefined): string {
  let token = "";
  for (let part = 0; part < 10; part += 1) {
    const chunk = cookie(`${name}.${part}`);
    if (chunk === undefined) break;
    token += chunk;
  }
  return token;
}

/** A `Set-Cookie` value that makes a day-old session last its whole length again; null while it is younger. */
export async function renewedSessionCookie(session: SessionClaims): Promise<string | null> {
  if (Date.now() / 1000 - session.issuedAt < RENEW_AFTER_SECONDS) return null;
  return sessionCookie(session);
}

/** The `Set-Cookie` value of a session; without an id, of a new one. */
export async function sessionCookie(session: {
  userId: string;
  sessionVersion: number;
  sessionId?: string;
}): Promise<string> {
  const { userId, sessionVersion, sessionId } = session;
  const token = await encode({
    token: { sub: userId, userId, sessionVersion, ...(sessionId === undefined ? {} : { sid: sessionId }) },
    secret: sessionSecret(),
    maxAge: SESSION_SECONDS,
  });
  const secure = secureCookies() ? "; Secure" : "";
  return `${sessionCookieName()}=${token}; Path=/; Max-Age=${SESSION_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
}
