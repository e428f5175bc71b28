import { database } from "#db/client";
import type { Database } from "#db/connect";
import { env } from "#lib/env";
import { plain, withHook } from "#lib/http/telephony/hook";
import type { Hook } from "#lib/http/telephony/hook";
import { callUrl, readCallToken } from "#lib/notifications/channels/telephony/hook-urls";
import type { CallState } from "#lib/notifications/channels/telephony/hook-urls";
import type { CallEvent } from "#lib/notifications/channels/telephony/hooks";
import { actOnIncidents } from "#lib/notifications/commands/act-on-incidents";
import { openAnswer } from "#lib/notifications/commands/answer-page";
import { markDelivery } from "#lib/notifications/commands/mark-delivery";
import { reportDelivery } from "#lib/notifications/commands/report-delivery";
import { readCallFacts } from "#lib/notifications/queries/call-facts";
import type { CallFacts } from "#lib/notifications/queries/call-facts";
import { DIGITS } from "#lib/notifications/sms-reply";
import {
  actedTurn,
  farewell,
  menuOf,
  noticeTurn,
  REPEATS,
  requestTurn,
  testTurn,
  voicemailOf,
} from "#lib/notifications/voice-script";
import type { VoiceTurn } from "#lib/notifications/voice-script";

/** What a call says once it is answered, and after each key. */
export async function callRoute(
  request: Request,
  { providerId, token }: { providerId: string; token: string },
  db: Database = database(),
): Promise<Response> {
  return withHook(db, request, providerId, async (hook) => {
    const state = readCallToken(token);
    const event = hook.hooks.readCall(hook.request);
    if (!state || !event) return plain(400, "The request can't be read.");
    const facts = await readCallFacts(db, { deliveryId: state.deliveryId, named: state.incidentIds });
    if (!facts) return hook.hooks.speak(farewell("This page does not exist any more."), null);
    if (event.answerer === "machine") return leaveMessage(db, hook, state, event, facts);
    if (event.answerer === "human" && state.round === 0) {
      const detail = "Answered by a person.";
      await reportDelivery(db, { ...aboutCall(state, event), kind: "delivered", detail });
    }
    if (event.digits === null) return say(hook, facts, state);
    return pressed(db, hook, facts, state, event.digits);
  });
}

/** A mailbox is not a person: the page goes on as if nobody had answered. */
async function leaveMessage(
  db: Database,
  { hooks }: Hook,
  state: CallState,
  event: CallEvent,
  facts: CallFacts,
): Promise<Response> {
  await reportDelivery(db, {
    ...aboutCall(state, event),
    kind: "failed",
    retry: true,
    invalidDestination: false,
    detail: "An answering machine took the call; it was left a short message. That reaches nobody.",
  });
  return hooks.speak(voicemailOf(facts.waiting), null);
}

function aboutCall({ deliveryId }: CallState, { externalId }: CallEvent) {
  return { deliveryId, externalId };
}

/** The menu once more, until it was repeated often enough. */
function say({ hooks, provider }: Hook, facts: CallFacts, state: CallState): Response {
  if (state.round > REPEATS) return hooks.speak(farewell("No key was pressed. Nothing was done."), null);
  return hooks.speak(turnOf(facts), nextUrl(provider.id, facts, state));
}

function turnOf({ notice, isTest, isRequest, waiting }: CallFacts): VoiceTurn {
  const [first] = waiting;
  if (isRequest) return first ? requestTurn(notice, first) : farewell("The incident is in hand by now.");
  if (waiting.length > 0) return menuOf(waiting);
  if (notice && !isTest) return noticeTurn(notice);
  return isTest ? testTurn() : farewell("What you were called about is in hand by now.");
}

function nextUrl(providerId: string, facts: CallFacts, state: CallState): string | null {
  if (!turnOf(facts).waitsForKey) return null;
  const incidentIds = facts.waiting.map(({ id }) => id);
  return callUrl(env().url, providerId, { ...state, round: state.round + 1, incidentIds });
}

async function pressed(
  db: Database,
  hook: Hook,
  facts: CallFacts,
  state: CallState,
  digit: string,
): Promise<Response> {
  const { hooks, provider } = hook;
  const action = DIGITS[digit];
  const isAgain = digit === "0" || digit === "*";
  if (action === undefined || (facts.waiting.length === 0 && !facts.isTest)) {
    const { says, waitsForKey } = turnOf(facts);
    const again = {
      says: isAgain || !waitsForKey ? says : ["That key means nothing here.", ...says],
      waitsForKey,
    };
    // Asked to say it again is not silence: the repetitions begin anew.
    return hooks.speak(again, nextUrl(provider.id, facts, { ...state, round: 0 }));
  }
  const answerer = await openAnswer(db, { deliveryId: state.deliveryId, channel: "phone" });
  if (!answerer)
    return hooks.speak(farewell("Your account does not exist any more. Nothing was done."), null);
  const detail = facts.isTest ? "Answered: it arrived." : `Answered: ${action}.`;
  await markDelivery(answerer.ctx, { deliveryId: state.deliveryId, state: "acted", detail });
  if (facts.isTest) return hooks.speak(farewell("Thank you. The test arrived."), null);
  const results = await actOnIncidents(answerer.ctx, action, facts.waiting, facts.isRequest);
  return hooks.speak(actedTurn(action, results, facts.isRequest), null);
}
