import { createHash } from "node:crypto";
import { database } from "#db/client";
import type { Database } from "#db/connect";
import type { Context } from "#lib/context";
import { env } from "#lib/env";
import { AppError, STATUS_OF } from "#lib/errors";
import { readBody } from "#lib/http/read-json";
import { securityHeaders } from "#lib/http/security-headers";
import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { escalateIncident } from "#lib/incidents/commands/escalate";
import { log } from "#lib/log";
import { markDelivery } from "#lib/notifications/commands/mark-delivery";
import { ONE_TAP_STYLE, oneTapNotice, oneTapPage, oneTapTest } from "#lib/notifications/one-tap-page";
import type { OneTapDone, OneTapView } from "#lib/notifications/one-tap-page";
import { openOneTap, readOneTapView } from "#lib/notifications/queries/one-tap";
import type { OneTapAccess } from "#lib/notifications/queries/one-tap";

const STYLE_HASH = createHash("sha256").update(ONE_TAP_STYLE).digest("base64");
const MAX_BODY_BYTES = 1024;

type Open = Extract<OneTapAccess, { kind: "incident" }>;

/**
 * The page behind a one-tap link, and what its buttons do. The token in the address is the whole authority: no session, no cookie.
 * GET only shows, since mail scanners and link previews fetch it; POST acts. Asked for JSON (by the service worker), POST answers
 * `{acknowledgedAt, by, escalationStopped}`, or `{error}` with a fitting status.
 */
export async function oneTapRoute(
  request: Request,
  token: string,
  db: Database = database(),
): Promise<Response> {
  const json = request.headers.get("accept")?.includes("application/json") ?? false;
  try {
    const access = await openOneTap(db, token);
    if (access.kind === "incident") {
      return request.method === "POST" ? await act(request, access, json) : await show(access, null, json);
    }
    if (access.kind === "test") return await answerTest(request, access);
    return notice(DEAD_LINKS[access.kind], json);
  } catch (error) {
    log().error({ err: error }, "a one-tap link failed");
    return notice(BROKEN, json);
  }
}

async function show(access: Open, done: OneTapDone, json: boolean, status = 200): Promise<Response> {
  const view = await readOneTapView(access.ctx, access.incidentId);
  if (!view) return notice(DEAD_LINKS.gone, json);
  if (json) return Response.json(jsonOf(view, done), { status, headers: closedHeaders() });
  return html(oneTapPage(view, done), status);
}

async function act(request: Request, access: Open, json: boolean): Promise<Response> {
  const action = await actionOf(request);
  const { ctx, oneTap } = access;
  if (action === "shown") {
    await markDelivery(ctx, {
      deliveryId: oneTap.deliveryId,
      state: "delivered",
      detail: "Shown on the device.",
    });
    return new Response(null, { status: 204, headers: closedHeaders() });
  }
  if (action !== "acknowledge" && action !== "escalate") return show(access, null, json);
  await markDelivery(ctx, {
    deliveryId: oneTap.deliveryId,
    state: "acted",
    detail: action === "acknowledge" ? "Answered: acknowledge." : "Answered: escalate.",
  });
  const before = await readOneTapView(ctx, access.incidentId);
  // Tapped twice, or somebody was faster: it is in hand, and the page says whose.
  if (before && before.status !== "triggered") return show(access, "acknowledged", json);
  const refused = await refusalOf(action, ctx, access.incidentId);
  if (refused) return show(access, { failed: refused.message }, json, STATUS_OF[refused.code]);
  return show(access, action === "acknowledge" ? "acknowledged" : "escalated", json);
}

async function refusalOf(
  action: "acknowledge" | "escalate",
  ctx: Context,
  incidentId: string,
): Promise<AppError | null> {
  try {
    await (action === "acknowledge"
      ? acknowledgeIncident(ctx, { incidentId })
      : escalateIncident(ctx, { incidentId }));
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

async function answerTest(
  request: Request,
  access: Extract<OneTapAccess, { kind: "test" }>,
): Promise<Response> {
  if (request.method !== "POST") return html(oneTapTest(access.personName));
  const action = await actionOf(request);
  const { deliveryId } = access.oneTap;
  if (action === "shown") {
    await markDelivery(access.ctx, { deliveryId, state: "delivered", detail: "Shown on the device." });
    return new Response(null, { status: 204, headers: closedHeaders() });
  }
  await markDelivery(access.ctx, { deliveryId, state: "acted", detail: "Answered: it arrived." });
  return notice(ARRIVED, false);
}

async function actionOf(request: Request): Promise<string | null> {
  return new URLSearchParams(await readBody(request, MAX_BODY_BYTES)).get("action");
}

function jsonOf(view: OneTapView, done: OneTapDone) {
  if (done !== null && typeof done === "object") return { error: done.failed };
  const mine =
    view.acknowledgements.find(({ userId }) => userId === view.person.id) ?? view.acknowledgements[0];
  return {
    status: view.status,
    acknowledgedAt: mine?.at.toISOString() ?? null,
    by: mine?.name ?? view.resolved?.by ?? null,
    escalationStopped: view.status !== "triggered",
  };
}

type Notice = { heading: string; text: string; link: string; path: string; status: number };

const DEAD_LINKS: Record<"invalid" | "expired" | "gone", Notice> = {
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

const BROKEN: Notice = {
  heading: "Not acknowledged",
  text: "Something went wrong on our side, and escalation goes on. Reload this page to try again, or open the incidents.",
  link: "Open incidents",
  path: "/incidents",
  status: 500,
};

const ARRIVED: Notice = {
  heading: "It arrived",
  text: "Thank you. Touchline can reach you this way.",
  link: "Your contact methods",
  path: "/me/notifications",
  status: 200,
};

function notice({ heading, text, link, path, status }: Notice, json: boolean): Response {
  if (json) return Response.json({ error: `${heading}. ${text}` }, { status, headers: closedHeaders() });
  return html(oneTapNotice({ heading, text, link, href: `${env().url}${path}` }), status);
}

/** The page may load nothing, run nothing, be framed by nobody, and tells nobody its address, which is a key. */
function closedHeaders(): Record<string, string> {
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

function html(body: string, status = 200): Response {
  return new Response(body, {
    status,
    headers: { ...closedHeaders(), "content-type": "text/html; charset=utf-8" },
  });
}
