import type { OutgoingResponse } from "#lib/http/outgoing";
import { formRequest } from "#lib/notifications/channels/pushover";
import type { PushoverApp } from "#lib/notifications/channels/pushover";
import { jsonOf, judgeStatus, sendOverHttp } from "#lib/notifications/channels/http-result";
import { sendToSlack } from "#lib/notifications/channels/slack-api";
import type { SlackApp } from "#lib/notifications/channels/slack-api";
import { judgeTelegram, telegramRequest } from "#lib/notifications/channels/telegram";
import type { TelegramBot } from "#lib/notifications/channels/telegram";
import { jsonRequest } from "#lib/notifications/channels/chat-webhook";
import type { SendResult } from "#lib/notifications/delivery";
import { discordStandingMessage } from "#lib/notifications/discord-message";
import type { OneTapView } from "#lib/notifications/one-tap-page";
import { slackStandingMessage } from "#lib/notifications/slack-app-message";
import { telegramStandingMessage } from "#lib/notifications/telegram-message";
import type { Channel } from "#lib/notifications/vocabulary";

/** A message as it stands in a chat. */
export type StandingMessage = { deliveryId: string; channel: Channel; address: string; ref: string };

export type StandingSettings = {
  slack: () => Promise<SlackApp | null>;
  telegram: () => Promise<TelegramBot | null>;
  pushover: () => Promise<PushoverApp | null>;
  allowPrivate: boolean;
};

const NOTHING_TO_DO: SendResult = { kind: "accepted", providerId: null, detail: "Nothing to change." };
const NOT_SET_UP: SendResult = { kind: "failed", retry: false, detail: "It is not set up any more." };

type Change = (
  settings: StandingSettings,
  message: StandingMessage,
  view: OneTapView,
  signal: AbortSignal,
) => Promise<SendResult>;

/** Changes a message in place to what its incident has become; the alarm of an app is called off. */
export const changeStanding: Change = async (settings, message, view, signal) => {
  const change = CHANGES[message.channel];
  return change ? change(settings, message, view, signal) : NOTHING_TO_DO;
};

const CHANGES: Partial<Record<Channel, Change>> = {
  slack: async (settings, { address, ref, deliveryId }, view, signal) => {
    const app = await settings.slack();
    const body = { channel: address, ts: ref, ...slackStandingMessage(view, deliveryId) };
    const { allowPrivate } = settings;
    return app ? sendToSlack(app, { method: "chat.update", body, signal, allowPrivate }) : NOT_SET_UP;
  },
  telegram: async (settings, { address, ref, deliveryId }, view, signal) => {
    const bot = await settings.telegram();
    if (!bot) return NOT_SET_UP;
    const body = { chat_id: address, message_id: Number(ref), ...telegramStandingMessage(view, deliveryId) };
    const request = telegramRequest(bot, "editMessageText", body);
    return sendOverHttp({ ...request, signal, allowPrivate: settings.allowPrivate }, (response) =>
      judgeEdit(response, address),
    );
  },
  discord: async ({ allowPrivate }, { address, ref }, view, signal) => {
    const url = new URL(address);
    url.pathname = `${url.pathname.replace(/\/$/, "")}/messages/${encodeURIComponent(ref)}`;
    url.searchParams.set("with_components", "true");
    const request = jsonRequest(url.href, discordStandingMessage(view));
    return sendOverHttp({ ...request, method: "PATCH", signal, allowPrivate }, judgeStatus);
  },
  pushover: async (settings, { ref }, _view, signal) => {
    const app = await settings.pushover();
    if (!app) return NOT_SET_UP;
    const url = `${app.baseUrl}/1/receipts/${encodeURIComponent(ref)}/cancel.json`;
    const request = formRequest(url, { token: app.token });
    return sendOverHttp({ ...request, signal, allowPrivate: settings.allowPrivate }, judgeStatus);
  },
};

/** Telegram calls it an error when a message says already what it should. */
function judgeEdit(response: OutgoingResponse, chat: string): SendResult {
  const { description } = Object(jsonOf(response)) as { description?: unknown };
  if (typeof description === "string" && description.includes("message is not modified"))
    return NOTHING_TO_DO;
  return judgeTelegram(response, chat);
}
