import { createHash } from "node:crypto";
import { env } from "#lib/env";
import { securityHeaders } from "#lib/http/security-headers";
import { ONE_TAP_STYLE, oneTapNotice } from "#lib/notifications/one-tap-page";

const STYLE_HASH = createHash("sha256").update(ONE_TAP_STYLE).digest("base64");

type Notice = { heading: string; text: string; link: string; path: string; status: number };

export const DEAD_LINKS: Record<"invalid" | "expired" | "gone", Notice> = {
  invalid: {
    heading: "This link doesn't work",
    text: "It may have been cut off on its way. Nothing was acknowledged. Open Touchline and sign in to act.",
    link: "Open incidents",
    path: "/incidents",
    status: 404,
  },
  expired: {
    heading: "This link has expired",
    text: "Links in messages work for 24 hours. Nothing was acknowledged. Open Touchline and sign in to act.",
    link: "Open incidents",
    path: "/incidents",
    status: 410,
  },
  gone: {
    heading: "This link leads nowhere any more",
    text: "The account or the incident it was made for is not there. Nothing was acknowledged.",
    link: "Open incidents",
    path: "/incidents",
    status: 410,
  },
};

export const BROKEN: Notice = {
  heading: "Not acknowledged",
  text: "Something went wrong on our side, and escalation goes on. Reload this page to try again, or open the incidents.",
  link: "Open incidents",
  path: "/incidents",
  status: 500,
};

export const ARRIVED: Notice = {
  heading: "It arrived",
  text: "Thank you. Touchline can reach you this way.",
  link: "Your contact methods",
  path: "/me/notifications",
  status: 200,
};

/** A page that says one thing, or the same as JSON. */
export function notice({ heading, text, link, path, status }: Notice, json: boolean): Response {
  if (json) return Response.json({ error: `${heading}. ${text}` }, { status, headers: closedHeaders() });
  return html(oneTapNotice({ heading, text, link, href: `${env().url}${path}` }), status);
}

/** The page may load nothing, run nothing, be framed by nobody, and tells nobody its address, which is a key. */
export function closedHeaders(): Record<string, string> {
  return {
    ...Object.fromEntries(
      securityHeaders(env().url.startsWith("https://")).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    "cache-control": "no-store",
    "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow",
  };
}

export function html(body: string, status = 200): Response {
  return new Response(body, {
    status,
    headers: { ...closedHeaders(), "content-type": "text/html; charset=utf-8" },
  });
}
