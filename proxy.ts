import { randomBytes } from "node:crypto";
import type { NextRequest } from "next/server";
import { NextResponse } from "next/server";
import { env } from "#lib/env";
import { PATH_HEADER, contentSecurityPolicy, securityHeaders } from "#lib/http/security-headers";

/**
 * Gives each page its own nonce: Next writes inline scripts and takes the nonce from this request header alone. It decides nothing
 * about who may see what; queries and commands do.
 */
export function proxy(request: NextRequest): NextResponse {
  const https = env().url.startsWith("https://");
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy({ nonce, development: !env().production, https });
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  headers.set(PATH_HEADER, `${request.nextUrl.pathname}${request.nextUrl.search}`);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  for (const [name, value] of securityHeaders(https)) response.headers.set(name, value);
  return response;
}

export const config = {
  matcher: [
    "/((?!api/|v2/|generic/|integrations/|embed/|a/|s/|r/|calendar/|sw.js|_next/static|_next/image|metrics).*)",
  ],
};
