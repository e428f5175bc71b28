import { AppError } from "#lib/errors";
import { env } from "#lib/env";
import { queryObject } from "#lib/http/query-object";
import type { QueryValues } from "#lib/http/query-object";
import { readTimeZone } from "#lib/http/wire/time-zone";
import type { WireContext } from "#lib/http/wire/wire-context";

const MOUNT = "/api/v2";

/**
 * The base under which the client reached the API: clients refuse a `self` that doesn't begin with the base they were configured
 * with, so it comes from the request, not from the settings.
 */
export function publicBase(request: Request): string {
  const url = new URL(request.url);
  const host = first(request.headers.get("x-forwarded-host")) ?? request.headers.get("host") ?? url.host;
  const proto = first(request.headers.get("x-forwarded-proto")) ?? url.protocol.slice(0, -1);
  return `${proto === "https" ? "https" : "http"}://${host}${MOUNT}`;
}

function first(header: string | null): string | null {
  return header?.split(",")[0]?.trim() || null;
}

/** What serialisers need, from the request. Throws `invalid` for an unknown time_zone. */
export function wireContextOf(request: Request, query: QueryValues): WireContext {
  const asked = [query["time_zone"]].flat()[0];
  const timeZone = asked === undefined || asked === "" ? null : readTimeZone(asked);
  if (asked && timeZone === null) throw new AppError("invalid", "Time zone is invalid.", { wireCode: 2001 });
  return {
    api: publicBase(request),
    web: env().url,
    timeZone,
    include: new Set([query["include"] ?? []].flat()),
  };
}

/** The query of a request, brackets removed from the names. */
export function readQuery(request: Request): QueryValues {
  return queryObject(new URL(request.url).searchParams);
}

/** The resource inside a body: below its root key, or the body itself, since some clients send it bare. */
export function unwrap(body: unknown, root: string): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new AppError("invalid", `The body must be an object with the key '${root}'.`, { wireCode: 2001 });
  }
  return root in body ? (body as Record<string, unknown>)[root] : body;
}
