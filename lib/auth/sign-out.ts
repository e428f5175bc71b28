import { lt, sql } from "drizzle-orm";
import { database } from "#db/client";
import { endedSessions } from "#db/schema/people";
import {
  SESSION_SECONDS,
  readSessionClaims,
  secureCookies,
  sessionCookieName,
} from "#lib/auth/session-cookie";
import type { SessionClaims } from "#lib/auth/session-cookie";
import { loadSessionActor } from "#lib/auth/user-actor";
import { audit, inTransaction } from "#lib/context";
import { cookieReader } from "#lib/http/cookies";
import { isSameOrigin } from "#lib/http/same-origin";
import { publish } from "#lib/outbox";

/** Ends the session of this browser, also for whoever kept a copy of its cookie; works as a plain form post. Other devices stay signed in. */
export async function handleSignOut(request: Request): Promise<Response> {
  if (!isSameOrigin(request))
    return new Response("This must be sent from Touchline's own pages.", { status: 403 });
  const claims = await readSessionClaims(cookieReader(request));
  if (claims) await endSession(claims);
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

async function endSession(claims: SessionClaims): Promise<void> {
  const db = database();
  const found = await loadSessionActor(db, claims);
  if (!found) return;
  const { actor } = found;
  await inTransaction({ db, actor }, async (scope) => {
    const { tx, now } = scope;
    await tx.delete(endedSessions).where(lt(endedSessions.until, now));
    await tx
      .insert(endedSessions)
      // A day more than any token lasts, whatever its clock said.
      .values({
        id: claims.sessionId,
        until: sql`now() + make_interval(secs => ${SESSION_SECONDS + 86_400})`,
      })
      .onConflictDoNothing();
    await audit(scope, {
      action: "sign_out",
      objectType: "user",
      objectId: claims.userId,
      objectName: actor.name,
    });
    // Ends the event streams of the person; those that still count come back.
    await publish(scope, { topic: "user.signed_out", entityType: "user", entityId: claims.userId });
  });
}
