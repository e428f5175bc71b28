import type { ZodType } from "zod";
import { AppError } from "#lib/errors";
import type { Context } from "#lib/context";
import { actAsRequester, identifyCaller } from "#lib/http/api-caller";
import type { Caller } from "#lib/http/api-caller";
import { takeApiRequest } from "#lib/http/api-limit";
import type { QueryValues } from "#lib/http/query-object";
import { readJson } from "#lib/http/read-json";
import { requestIdOf } from "#lib/http/request-id";
import { timed } from "#lib/http/timed";
import { invalidWireInput, wireError, wireErrorOf } from "#lib/http/wire/error";
import { readQuery, unwrap, wireContextOf } from "#lib/http/wire/request";
import type { WireContext } from "#lib/http/wire/wire-context";
import { log } from "#lib/log";

/** What an endpoint of the public API is: enough to serve it and to describe it in the OpenAPI document. */
export type ApiSpec<Query, Body> = {
  method: "get" | "post" | "put" | "delete";
  /** Below the mount, with `{id}` for parameters. */
  path: string;
  summary: string;
  tag: string;
  query?: ZodType<Query>;
  /** The key that wraps the resource in the request; null: the body is the resource. Absent: there is no body. */
  root?: string | null;
  body?: ZodType<Body>;
  /** An empty body counts as an empty object. */
  bodyOptional?: boolean;
  /** Absent: a JSON object of any shape. */
  response?: ZodType;
  status?: 200 | 201 | 204;
  /** Whether an account key must name a person with the From header. Absent: it may. */
  from?: "required";
  /** A POST that only reads, so that read keys may call it. */
  readsOnly?: boolean;
};

export type ApiInput<Query, Body> = {
  ctx: Context;
  caller: Caller;
  wire: WireContext;
  /** A parameter of the path. */
  param: (name: string) => string;
  query: Query;
  body: Body;
  now: Date;
};

type NextRouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

export type ApiHandler = ((request: Request, context: NextRouteContext) => Promise<Response>) & {
  spec: ApiSpec<unknown, unknown>;
};

/**
 * Makes a route handler of the public API: authenticates, counts, checks the key's scope and the From header, parses, and answers JSON or the
 * public API's error object. The handler answers the body; undefined answers 204.
 */
export function apiRoute<Query = QueryValues, Body = undefined>(
  spec: ApiSpec<Query, Body>,
  handler: (input: ApiInput<Query, Body>) => unknown,
): ApiHandler {
  const answer = async (request: Request, context: NextRouteContext): Promise<Response> => {
    const headers: Record<string, string> = {
      "cache-control": "no-store",
      "x-request-id": requestIdOf(request),
    };
    try {
      const caller = await admit(request, spec, headers);
      const rawQuery = readQuery(request);
      const result = await handler({
        ctx: caller.ctx,
        caller,
        wire: wireContextOf(request, rawQuery),
        param: paramReader(await context.params),
        query: parse(spec.query, rawQuery),
        body: await readResource(request, spec),
        now: caller.now,
      });
      if (result === undefined) return new Response(null, { status: 204, headers });
      if (result instanceof Response) return withHeaders(result, headers);
      return Response.json(result, { status: spec.status ?? 200, headers });
    } catch (error) {
      return explain(error, request, headers);
    }
  };
  const handle = (request: Request, context: NextRouteContext) =>
    timed({ surface: "api", method: request.method }, () => answer(request, context));
  return Object.assign(handle, { spec: spec as ApiSpec<unknown, unknown> });
}

async function admit<Query, Body>(
  request: Request,
  spec: ApiSpec<Query, Body>,
  headers: Record<string, string>,
): Promise<Caller> {
  const caller = await identifyCaller(request);
  const allowance = await takeApiRequest(caller.bucket);
  Object.assign(headers, allowance.headers);
  if (!allowance.allowed) throw new AppError("too_many", "Rate Limit Exceeded");
  if (spec.method === "get" || spec.readsOnly) return caller;
  if (!caller.mayWrite) throw new AppError("forbidden", "This API key may only read.", { wireCode: 2010 });
  return actAsRequester(caller, request, spec.from === "required");
}

async function readResource<Query, Body>(request: Request, spec: ApiSpec<Query, Body>): Promise<Body> {
  if (spec.root === undefined) return undefined as Body;
  const json = (await readJson(request)) ?? (spec.bodyOptional ? {} : undefined);
  if (json === undefined) throw new AppError("invalid", "The request has no body.", { wireCode: 2001 });
  return parse(spec.body, spec.root === null ? json : unwrap(json, spec.root));
}

function withHeaders(response: Response, headers: Record<string, string>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

function parse<T>(schema: ZodType<T> | undefined, value: unknown): T {
  if (!schema) return value as T;
  const result = schema.safeParse(value);
  if (!result.success) throw invalidWireInput(result.error);
  return result.data;
}

function paramReader(params: Record<string, string | string[] | undefined>): (name: string) => string {
  return (name) => {
    const value = [params[name] ?? ""].flat().join("/");
    // No id looks like this, and the database can't be asked for U+0000.
    if (value === "" || value.includes("\u0000")) throw new AppError("not_found", "Not Found");
    return value;
  };
}

function explain(error: unknown, request: Request, headers: Record<string, string>): Response {
  if (error instanceof AppError) {
    const { status, body } = wireErrorOf(error);
    return Response.json(body, { status, headers });
  }
  const { pathname: path } = new URL(request.url);
  log().error(
    { requestId: headers["x-request-id"], method: request.method, path, err: error },
    "request failed",
  );
  return Response.json(wireError(2000), { status: 500, headers });
}
