import { database } from "#db/client";
import type { Database } from "#db/connect";
import type { Context } from "#lib/context";
import { AppError, STATUS_OF } from "#lib/errors";
import { actionOf, answerBundle, answerRequest } from "#lib/http/one-tap-group";
import { ARRIVED, BROKEN, closedHeaders, DEAD_LINKS, html, notice } from "#lib/http/one-tap-response";
import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { escalateIncident } from "#lib/incidents/commands/escalate";
import { judgePage } from "#lib/incidents/commands/judge-page";
import { log } from "#lib/log";
import { markDelivery } from "#lib/notifications/commands/mark-delivery";
import { oneTapPage, oneTapTest } from "#lib/notifications/one-tap-page";
import type { OneTapDone, OneTapView } from "#lib/notifications/one-tap-page";
import { openOneTap, readOneTapView } from "#lib/notifications/queries/one-tap";
import type { OneTapAccess } from "#lib/notifications/queries/one-tap";

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
    if (access.kind === "request") return await answerRequest(request, access);
    if (access.kind === "bundle") return await answerBundle(request, access, json);
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
  const known = ACTIONS.find(({ name }) => name === action);
  if (!known) return show(access, null, json);
  await markDelivery(ctx, {
    deliveryId: oneTap.deliveryId,
    state: "acted",
    detail: `Answered: ${known.answer}.`,
  });
  if (known.done !== "judged") {
    const before = await readOneTapView(ctx, access.incidentId);
    // Tapped twice, or somebody was faster: it is in hand, and the page says whose.
    if (before && before.status !== "triggered") return show(access, "acknowledged", json);
  }
  const refused = await refusalOf(known.act(ctx, access.incidentId));
  if (refused) return show(access, { failed: refused.message }, json, STATUS_OF[refused.code]);
  return show(access, known.done, json);
}

const judge = (useful: boolean | null) => (ctx: Context, incidentId: string) =>
  judgePage(ctx, { incidentId, useful });

/** What the buttons of the page do. */
const ACTIONS: readonly {
  name: string;
  answer: string;
  done: Exclude<OneTapDone, { failed: string } | null>;
  act: (ctx: Context, incidentId: string) => Promise<unknown>;
}[] = [
  {
    name: "acknowledge",
    answer: "acknowledge",
    done: "acknowledged",
    act: (ctx, incidentId) => acknowledgeIncident(ctx, { incidentId }),
  },
  {
    name: "escalate",
    answer: "escalate",
    done: "escalated",
    act: (ctx, incidentId) => escalateIncident(ctx, { incidentId }),
  },
  { name: "useful", answer: "the page was useful", done: "judged", act: judge(true) },
  { name: "not-useful", answer: "the page was not useful", done: "judged", act: judge(false) },
  { name: "unsaid", answer: "nothing about the page", done: "judged", act: judge(null) },
];

async function refusalOf(acting: Promise<unknown>): Promise<AppError | null> {
  try {
    await acting;
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
