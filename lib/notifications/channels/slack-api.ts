import { z } from "zod";
import type { OutgoingResponse } from "#lib/http/outgoing";
import { jsonRequest } from "#lib/notifications/channels/chat-webhook";
import { jsonOf, judgeStatus, sendOverHttp, waitOf } from "#lib/notifications/channels/http-result";
import type { SendResult } from "#lib/notifications/delivery";

export type SlackApp = {
  baseUrl: string;
  botToken: string;
  /** Slack signs with it what it sends us. */
  signingSecret: string;
  /** The one workspace the app is installed in. */
  teamId: string;
};

const answerSchema = z.object({
  ok: z.boolean(),
  error: z.string().default("unknown_error"),
  channel: z.string().optional().catch(undefined),
  ts: z.string().optional().catch(undefined),
});

type Meaning = { message: string; next: "retry" | "give_up" | "switch_off" };
const switchOff = (message: string): Meaning => ({ message, next: "switch_off" });
const giveUp = (message: string): Meaning => ({ message, next: "give_up" });
const retry = (message: string): Meaning => ({ message, next: "retry" });

// Errors of chat.postMessage and of every method (Slack: "Web API methods", error sections).
const ERRORS: Record<string, Meaning> = {
  account_inactive: giveUp("the app was removed from the workspace"),
  as_user_not_supported: giveUp("it did not understand the message"),
  cannot_dm_bot: switchOff("this is a bot, not a person"),
  channel_not_found: switchOff("the conversation does not exist, or the app may not see it"),
  fatal_error: retry("it had a failure of its own"),
  internal_error: retry("it had a failure of its own"),
  invalid_auth: giveUp("the bot token is not valid"),
  invalid_blocks: giveUp("it did not understand the message"),
  is_archived: switchOff("the channel is archived"),
  messages_tab_disabled: giveUp("the app does not allow messages: switch on its Messages tab (App Home)"),
  missing_scope: giveUp("the app lacks a right (scope)"),
  msg_too_long: giveUp("the message was too long"),
  not_authed: giveUp("the bot token is missing"),
  not_in_channel: giveUp("the app is not in this channel: invite it"),
  org_login_required: retry("the workspace is being moved"),
  rate_limited: retry("there were too many messages"),
  ratelimited: retry("there were too many messages"),
  request_timeout: retry("it took too long"),
  restricted_action: giveUp("the workspace forbids it"),
  service_unavailable: retry("it is not available"),
  team_access_not_granted: giveUp("the app has no access to this workspace"),
  token_expired: giveUp("the bot token has expired"),
  token_revoked: giveUp("the bot token was revoked"),
  user_disabled: switchOff("this person's Slack account is deactivated"),
  user_not_found: switchOff("there is no such person in the workspace"),
};

/** What an answer of Slack's Web API means for a message; an accepted one names where it stands. */
export function judgeSlackApi(response: OutgoingResponse): SendResult {
  const parsed = answerSchema.safeParse(jsonOf(response));
  if (!parsed.success) return judgeStatus(response);
  const { ok, error, channel, ts } = parsed.data;
  if (ok) {
    const accepted = { kind: "accepted" as const, providerId: ts ?? null, detail: "Taken by Slack." };
    return channel === undefined || ts === undefined
      ? accepted
      : { ...accepted, providerId: `${channel}:${ts}`, message: { address: channel, ref: ts } };
  }
  const meaning = ERRORS[error] ?? { message: "it gave an unknown reason", next: "give_up" };
  const tooMany = response.status === 429 || meaning.next === "retry" || response.status >= 500;
  return {
    kind: "failed",
    retry: tooMany,
    ...waitOf(response),
    detail: `Slack refused it: ${meaning.message} (${error}).`,
    ...(meaning.next === "switch_off" ? { invalidDestination: true } : {}),
  };
}

export type SlackCall = { method: string; body: object; signal?: AbortSignal; allowPrivate: boolean };

/** Calls a method of the Web API with a message or a change of one. */
export function sendToSlack(app: SlackApp, { method, body, signal, allowPrivate }: SlackCall) {
  return sendOverHttp(
    { ...slackRequest(app, method, body), ...(signal ? { signal } : {}), allowPrivate },
    judgeSlackApi,
  );
}

export function slackRequest(app: Pick<SlackApp, "baseUrl" | "botToken">, method: string, body: object) {
  const request = jsonRequest(`${app.baseUrl}/${method}`, body);
  return {
    ...request,
    headers: {
      ...request.headers,
      "content-type": "application/json; charset=utf-8",
      authorization: `Bearer ${app.botToken}`,
    },
  };
}
