import NextAuth from "next-auth";
import { NextRequest } from "next/server";
import { z } from "zod";
import { authOptions } from "#lib/auth/options";
import { env } from "#lib/env";
import { AppError, STATUS_OF } from "#lib/errors";
import { parseJson, readBody } from "#lib/http/read-json";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

// The session is read by lib/auth/session and ended by /sign-out; the rest of next-auth's actions have no use here.
const ACTIONS = new Set(["signin", "callback", "csrf", "error"]);

// Typed for the pages router alone; with a context that has params it takes and gives web requests and responses.
const route = (request: Request, context: RouteContext): unknown =>
  Reflect.apply(NextAuth, null, [request, context, authOptions()]);

const location = z.string().min(1);

/** An address, a password and a token fit many times. */
const MAX_BODY_BYTES = 16_384;

/** The request with its body read within bounds, since next-auth would read all that a stranger sends. Throws AppError. */
async function bounded(request: Request): Promise<Request> {
  if (request.method !== "POST") return request;
  const body = await readBody(request, MAX_BODY_BYTES);
  if (request.headers.get("content-type")?.includes("json")) parseJson(body);
  return new NextRequest(request.url, { method: "POST", headers: request.headers, body });
}

/**
 * next-auth's route. Redirects within the site become relative, so that signing in works under every name the server is reached by;
 * a redirect to the identity provider becomes a page that goes there, since `form-action 'self'` covers a form's redirects too.
 */
export async function handleAuth(request: Request, context: RouteContext): Promise<Response> {
  const { nextauth } = await context.params;
  if (!ACTIONS.has(nextauth[0] ?? "")) return new Response("Not found", { status: 404 });
  let readable: Request;
  try {
    readable = await bounded(request);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return new Response(error.message, { status: STATUS_OF[error.code] });
  }
  const response: unknown = await route(readable, context);
  if (!(response instanceof Response)) throw new Error("next-auth gave no response.");
  const target = location.safeParse(response.headers.get("location"));
  if (!target.success) return response;
  const headers = new Headers(response.headers);
  headers.set("cache-control", "no-store");
  const { origin } = new URL(env().url);
  const within = new URL(target.data, origin);
  if (within.origin === origin) {
    // Never two slashes in front, which would name another host.
    headers.set("location", `/${within.pathname.replace(/^\/+/, "")}${within.search}${within.hash}`);
    return new Response(null, { status: 303, headers });
  }
  headers.delete("location");
  headers.set("content-type", "text/html; charset=utf-8");
  headers.set("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
  return new Response(goingTo(target.data), { status: 200, headers });
}

function goingTo(url: string): string {
  const safe = url.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${safe}"><title>Signing in</title><p><a href="${safe}">Continue to your identity provider</a></p></html>`;
}
