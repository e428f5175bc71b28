import type { ZodType } from "zod";
import { database } from "#db/client";
import { readSessionClaims, renewedSessionCookie } from "#lib/auth/session-cookie";
import { loadSessionActor } from "#lib/auth/user-actor";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { cookieReader } from "#lib/http/cookies";
import { defectProblem, invalidInput, problemOf, problemResponse } from "#lib/http/problem";
import type { Problem } from "#lib/http/problem";
import { queryObject } from "#lib/http/query-object";
import { readJson } from "#lib/http/read-json";
import { requestIdOf } from "#lib/http/request-id";
import { isSameOrigin } from "#lib/http/same-origin";
import { timed } from "#lib/http/timed";
import { log } from "#lib/log";
import type { Permission } from "#lib/people/permissions";

type UiRouteOptions<Params, Query, Body> = {
  params?: ZodType<Params>;
  query?: ZodType<Query>;
  body?: ZodType<Body>;
  /** Checked before anything is read; commands and queries check again. */
  permission?: Permission;
  maxBytes?: number;
};

export type UiInput<Params, Query, Body> = {
  ctx: Context;
  params: Params;
  query: Query;
  body: Body;
  request: Request;
  /** The database's clock when the request began. */
  now: Date;
};

type NextRouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

/**
 * Makes a route handler of the browser's own API. It authenticates the session, refuses writes from other sites, parses params, query
 * and body, and answers `{data, now}` (`now`: the database's clock, ISO 8601) or RFC 9457 problem details. A handler may
 * also answer a Response of its own.
 */
export function uiRoute<Result, Params = undefined, Query = undefined, Body = undefined>(
  options: UiRouteOptions<Params, Query, Body>,
  handler: (input: UiInput<Params, Query, Body>) => Promise<Result> | Result,
): (request: Request, context: NextRouteContext) => Promise<Response> {
  const answer = async (request: Request, context: NextRouteContext) => {
    const requestId = requestIdOf(request);
    try {
      const session = await authenticate(request);
      const { ctx, now } = session;
      if (options.permission) requirePermission(ctx.actor, options.permission);
      const params = parse(options.params, await context.params);
      const query = parse(options.query, queryObject(new URL(request.url).searchParams));
      const body = parse(options.body, options.body ? await readJson(request, options.maxBytes) : undefined);
      const result = await handler({ ctx, params, query, body, request, now });
      return finish(result, { requestId, now, cookie: session.cookie });
    } catch (error) {
      return problemResponse(explain(error, requestId, request));
    }
  };
  return (request, context) =>
    timed({ surface: "ui", method: request.method }, () => answer(request, context));
}

/**
 * Who sent the request, by its session cookie, and a `Set-Cookie` value when the session is due to be renewed. Throws `unauthenticated`,
 * and `forbidden` for a write from another site.
 */
export async function authenticate(
  request: Request,
): Promise<{ ctx: Context; now: Date; cookie: string | null }> {
  if (!["GET", "HEAD"].includes(request.method) && !isSameOrigin(request)) {
    throw new AppError("forbidden", "Changes are accepted from Touchline's own pages only.");
  }
  const claims = await readSessionClaims(cookieReader(request));
  const db = database();
  const found = claims && (await loadSessionActor(db, claims));
  if (!claims || !found)
    throw new AppError("unauthenticated", "Sign in to go on; what you typed is still here.");
  return { ctx: { db, actor: found.actor }, now: found.now, cookie: await renewedSessionCookie(claims) };
}

function parse<T>(schema: ZodType<T> | undefined, value: unknown): T {
  if (!schema) return undefined as T;
  const result = schema.safeParse(value);
  if (!result.success) throw invalidInput(result.error);
  return result.data;
}

function finish(result: unknown, about: { requestId: string; now: Date; cookie: string | null }): Response {
  const response =
    result instanceof Response
      ? result
      : Response.json({ data: result ?? null, now: about.now.toISOString() });
  if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
  response.headers.set("x-request-id", about.requestId);
  if (about.cookie !== null) response.headers.append("set-cookie", about.cookie);
  return response;
}

function explain(error: unknown, requestId: string, request: Request): Problem {
  if (error instanceof AppError) return problemOf(error, requestId);
  log().error(
    { requestId, method: request.method, path: new URL(request.url).pathname, err: error },
    "request failed",
  );
  return defectProblem(requestId);
}
