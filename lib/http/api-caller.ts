import { database } from "#db/client";
import { findApiCaller, readApiKey } from "#lib/auth/api-key";
import { findUserByEmail } from "#lib/auth/user-actor";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { authenticate } from "#lib/http/ui-route";

/** Who calls the public API, and what their requests are counted under. */
export type Caller = {
  ctx: Context;
  now: Date;
  /** Rate-limit bucket: one per account key, one per person whatever their keys. */
  bucket: string;
  /** A key of the organisation, for which there is no "me". */
  account: boolean;
  mayWrite: boolean;
};

const unauthenticated = () => new AppError("unauthenticated", "Authentication failed", { wireCode: 2006 });

/** The caller behind the Authorization header, or behind the session when there is none. Throws `unauthenticated`. */
export async function identifyCaller(request: Request): Promise<Caller> {
  const header = request.headers.get("authorization");
  if (header === null) return identifySession(request);
  const key = readApiKey(header);
  const db = database();
  const found = key === null ? null : await findApiCaller(db, key);
  if (!found) throw unauthenticated();
  const { actor, account, now } = found;
  const bucket = account ? `key ${found.keyId}` : `user ${actor.id}`;
  return { ctx: { db, actor }, now, bucket, account, mayWrite: found.scope === "full" };
}

async function identifySession(request: Request): Promise<Caller> {
  if (!request.headers.has("cookie")) throw unauthenticated();
  const { ctx, now } = await authenticate(request);
  return { ctx, now, bucket: `user ${ctx.actor.id}`, account: false, mayWrite: true };
}

/**
 * For whom an account key writes: the person whom the From header names, with the key's own rights. A person's key needs no From.
 * Throws 1008 when the header is needed and missing, or names nobody.
 */
export async function actAsRequester(caller: Caller, request: Request, required: boolean): Promise<Caller> {
  if (!caller.account) return caller;
  const from = request.headers.get("from")?.trim() ?? "";
  if (from === "" && !required) return caller;
  const person = from === "" ? null : await findUserByEmail(caller.ctx.db, from);
  if (!person) {
    throw new AppError("invalid", "Requester User Not Found", { wireCode: 1008 });
  }
  const { actor, db } = caller.ctx;
  const requester = {
    ...actor,
    type: "user" as const,
    id: person.id,
    name: person.name,
    timeZone: person.timeZone,
  };
  return { ...caller, ctx: { db, actor: requester } };
}
