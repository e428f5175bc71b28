import { database } from "#db/client";
import type { Database } from "#db/connect";
import { readNow } from "#lib/context";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { readSlackPayload } from "#lib/http/chat/slack-payload";
import type { SlackButtonPress, SlackFormSubmission } from "#lib/http/chat/slack-payload";
import { isFromSlack } from "#lib/http/chat/slack-signature";
import { OutgoingError, requestOutgoing } from "#lib/http/outgoing";
import { readBody } from "#lib/http/read-json";
import { log } from "#lib/log";
import { jsonRequest } from "#lib/notifications/channels/chat-webhook";
import { sendToSlack } from "#lib/notifications/channels/slack-api";
import type { SlackApp } from "#lib/notifications/channels/slack-api";
import { answerPage, openAnswer } from "#lib/notifications/commands/answer-page";
import type { PageAnswer } from "#lib/notifications/commands/answer-page";
import { loadSlackApp } from "#lib/notifications/queries/chat-apps";
import { findLinkedPerson } from "#lib/notifications/queries/linked-person";
import { readOneTapView } from "#lib/notifications/queries/one-tap";
import { SLACK_NOTE_FIELD, slackNoteForm } from "#lib/notifications/slack-app-message";

const MAX_BODY_BYTES = 262_144;
/** Slack shows its own error when it has waited this long; what we call in between must leave room. */
const PATIENCE_MS = 2_500;

type Answerer = NonNullable<Awaited<ReturnType<typeof openAnswer>>>;

/**
 * What the Slack app sends when somebody presses a button or sends the note's form (interactivity request URL). Slack's signature
 * vouches for who it was; a contact method says who that is here. The message itself is changed by the engine, as after every change.
 */
export async function slackRoute(request: Request, db: Database = database()): Promise<Response> {
  try {
    const body = await readBody(request, MAX_BODY_BYTES);
    const app = await loadSlackApp(db);
    if (!app) return refuse("No Slack app is set up.", 404);
    const signature = request.headers.get("x-slack-signature");
    const timestamp = request.headers.get("x-slack-request-timestamp");
    if (!isFromSlack({ signature, timestamp }, body, app.signingSecret, await readNow(db))) {
      return refuse("The signature is not Slack's, or the request is too old.", 401);
    }
    const payload = readSlackPayload(body);
    if (!payload) return new Response(null, { status: 200 });
    if (payload.team?.id !== app.teamId) return refuse("This is another workspace.", 403);
    return payload.type === "block_actions" ? await onButton(db, app, payload) : await onNote(db, payload);
  } catch (error) {
    if (error instanceof AppError) return refuse(error.message, 400);
    log().error({ err: error }, "a request of the Slack app failed");
    return refuse("Something went wrong on our side. Nothing was changed.", 500);
  }
}

async function onButton(db: Database, app: SlackApp, press: SlackButtonPress): Promise<Response> {
  const [{ action_id: action, value: deliveryId } = { action_id: "", value: undefined }] = press.actions;
  const answer = answerOf(action);
  if (deliveryId === undefined || (answer === null && action !== "note")) return done();
  const answerer = await answererOf(db, press.user.id, deliveryId);
  if (!answerer) {
    await whisper(press, NOT_LINKED);
    return done();
  }
  if (answer === null) {
    await openNoteForm(app, press, answerer);
    return done();
  }
  const { done: isDone, sentence } = await answerPage(answerer, answer);
  // What went well shows in the message itself, for everybody.
  if (!isDone || answer.kind === "confirm") await whisper(press, sentence);
  return done();
}

async function onNote(db: Database, form: SlackFormSubmission): Promise<Response> {
  const text = form.view.state.values[SLACK_NOTE_FIELD][SLACK_NOTE_FIELD].value?.trim() ?? "";
  const answerer = await answererOf(db, form.user.id, form.view.private_metadata);
  if (!answerer) return formError(NOT_LINKED);
  if (text === "") return formError("A note needs words.");
  const outcome = await answerPage(answerer, { kind: "note", text });
  return outcome.done ? done() : formError(outcome.sentence);
}

async function answererOf(db: Database, account: string, deliveryId: string): Promise<Answerer | null> {
  const userId = await findLinkedPerson(db, { channel: "slack", account, deliveryId });
  return userId === null ? null : openAnswer(db, { deliveryId, userId, channel: "slack" });
}

function answerOf(action: string): PageAnswer | null {
  return action === "acknowledge" || action === "resolve" || action === "confirm" ? { kind: action } : null;
}

async function openNoteForm(app: SlackApp, press: SlackButtonPress, answerer: Answerer): Promise<void> {
  const { ctx, incidentId, deliveryId } = answerer;
  const incident = incidentId === null ? null : await readOneTapView(ctx, incidentId);
  if (!incident || press.trigger_id === undefined) return;
  const result = await sendToSlack(app, {
    method: "views.open",
    body: { trigger_id: press.trigger_id, view: slackNoteForm(incident.number, deliveryId) },
    signal: AbortSignal.timeout(PATIENCE_MS),
    allowPrivate: env().allowPrivateDestinations,
  });
  if (result.kind === "failed") await whisper(press, `The form could not be opened. ${result.detail}`);
}

const NOT_LINKED =
  "Nothing was changed: your Slack user is not linked to an account in Touchline. Add Slack to your contact methods there, and answer its test.";

/** Says something to the person who pressed, and to nobody else. Not worth a failure: what was done is done. */
async function whisper(press: SlackButtonPress, text: string): Promise<void> {
  if (press.response_url === undefined) return;
  try {
    await requestOutgoing({
      ...jsonRequest(press.response_url, { response_type: "ephemeral", replace_original: false, text }),
      timeoutMs: PATIENCE_MS,
      allowPrivate: env().allowPrivateDestinations,
    });
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error;
    log().warn({ err: error }, "an answer to a Slack button could not be delivered");
  }
}

function done(): Response {
  return new Response(null, { status: 200 });
}

function formError(message: string): Response {
  return Response.json({ response_action: "errors", errors: { [SLACK_NOTE_FIELD]: message } });
}

function refuse(error: string, status: number): Response {
  return Response.json({ error }, { status, headers: { "cache-control": "no-store" } });
}
