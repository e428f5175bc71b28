import { readNow } from "#lib/context";
import { AppError } from "#lib/errors";
import { env } from "#lib/env";
import { closedHeaders, DEAD_LINKS, html, notice } from "#lib/http/one-tap-response";
import { readBody } from "#lib/http/read-json";
import { acknowledgeIncidents } from "#lib/incidents/commands/acknowledge";
import { answerResponderRequest } from "#lib/incidents/commands/answer-responder-request";
import { markDelivery } from "#lib/notifications/commands/mark-delivery";
import { oneTapList, oneTapRequest } from "#lib/notifications/one-tap-list";
import { readOneTapList, readOneTapView } from "#lib/notifications/queries/one-tap";
import type { OneTapAccess } from "#lib/notifications/queries/one-tap";

const MAX_BODY_BYTES = 1024;

/** Which button was pressed. */
export async function actionOf(request: Request): Promise<string | null> {
  return new URLSearchParams(await readBody(request, MAX_BODY_BYTES)).get("action");
}

/** The page of a message about several incidents. Its button takes all that still wait for somebody, and the page says which. */
export async function answerBundle(
  request: Request,
  access: Extract<OneTapAccess, { kind: "bundle" }>,
  json: boolean,
): Promise<Response> {
  const { ctx, oneTap, incidentIds } = access;
  const action = request.method === "POST" ? await actionOf(request) : null;
  if (action === "shown") return shown(access);
  let done: string | null = null;
  if (action === "acknowledge") {
    await markDelivery(ctx, {
      deliveryId: oneTap.deliveryId,
      state: "acted",
      detail: "Answered: acknowledge all.",
    });
    const waiting = (await readOneTapList(ctx, incidentIds)).filter(({ status }) => status === "triggered");
    const ids = waiting.map(({ id }) => id);
    const results = ids.length === 0 ? [] : await acknowledgeIncidents(ctx, { incidentIds: ids });
    const taken = results.filter(({ refused }) => refused === null).map(({ number }) => `#${number}`);
    done =
      taken.length === 0
        ? "All of them were in hand already."
        : `Acknowledged ${taken.join(", ")}. Escalation stopped.`;
  }
  const items = await readOneTapList(ctx, incidentIds);
  if (json) {
    const body = {
      status: items.some(({ status }) => status === "triggered") ? "triggered" : "acknowledged",
      escalationStopped: items.every(({ status }) => status !== "triggered"),
      by: ctx.actor.name,
      acknowledgedAt: done === null ? null : (await readNow(ctx.db)).toISOString(),
    };
    return Response.json(body, { headers: closedHeaders() });
  }
  return html(oneTapList({ items, personName: ctx.actor.name, url: env().url, done }));
}

/** The page of a request to join, and its two answers. */
export async function answerRequest(
  request: Request,
  access: Extract<OneTapAccess, { kind: "request" }>,
): Promise<Response> {
  const { ctx, oneTap, incidentId, asked } = access;
  const view = await readOneTapView(ctx, incidentId);
  if (!view) return notice(DEAD_LINKS.gone, false);
  const page = { asked, title: `#${view.number} ${view.title}`, url: view.incidentUrl };
  if (request.method !== "POST") return html(oneTapRequest(page));
  const action = await actionOf(request);
  if (action === "shown") return shown(access);
  // A phone's one button says acknowledge: whoever takes part has joined.
  const answer = action === "decline" ? "declined" : "joined";
  if (action !== "decline" && action !== "join" && action !== "acknowledge") return html(oneTapRequest(page));
  await markDelivery(ctx, { deliveryId: oneTap.deliveryId, state: "acted", detail: `Answered: ${answer}.` });
  try {
    await answerResponderRequest(ctx, { incidentId, answer });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const path = `/incidents/${view.number}`;
    return notice(
      { heading: "Not answered", text: error.message, link: "Open the incident", path, status: 409 },
      false,
    );
  }
  return notice(
    {
      heading: answer === "joined" ? "You have joined" : "You have declined",
      text:
        answer === "joined"
          ? "The others see it on the incident."
          : "The others see it; nobody pages you for this request again.",
      link: `Open incident #${view.number}`,
      path: `/incidents/${view.number}`,
      status: 200,
    },
    false,
  );
}

async function shown({ ctx, oneTap }: Pick<Extract<OneTapAccess, { kind: "bundle" }>, "ctx" | "oneTap">) {
  const { deliveryId } = oneTap;
  await markDelivery(ctx, { deliveryId, state: "delivered", detail: "Shown on the device." });
  return new Response(null, { status: 204, headers: closedHeaders() });
}
