import type { Route } from "next";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { database } from "#db/client";
import { PATH_HEADER } from "#lib/http/security-headers";
import { readSessionClaims } from "#lib/auth/session-cookie";
import { loadSessionActor } from "#lib/auth/user-actor";
import type { Context } from "#lib/context";

/**
 * Who is signed in, for a page or layout: read from the database once a render, so a changed role, a deactivation and an ended
 * session take effect with the next request. Null when nobody is.
 */
export const currentContext = cache(async (): Promise<Context | null> => {
  const jar = await cookies();
  const session = await readSessionClaims((name) => jar.get(name)?.value);
  if (!session) return null;
  const db = database();
  const found = await loadSessionActor(db, session);
  return found && { db, actor: found.actor };
});

/** As currentContext, but sends whoever is not signed in to the sign-in page and back here afterwards. */
export async function requireContext(): Promise<Context> {
  const ctx = await currentContext();
  if (ctx) return ctx;
  const path = (await headers()).get(PATH_HEADER);
  const next = path === null || path === "/" ? "" : `?next=${encodeURIComponent(path)}`;
  redirect(`/sign-in${next}` as Route);
}
