import { z } from "zod";
import type { OutgoingResponse } from "#lib/http/outgoing";
import { CAPABILITIES } from "#lib/notifications/capability";
import { jsonRequest } from "#lib/notifications/channels/chat-webhook";
import type { ChannelSender } from "#lib/notifications/channels/channel";
import { jsonOf, judgeStatus, sendOverHttp, waitSeconds } from "#lib/notifications/channels/http-result";
import type { SendResult } from "#lib/notifications/delivery";
import { inertLine } from "#lib/notifications/inert";
import { telegramMessage } from "#lib/notifications/telegram-message";

export type TelegramBot = {
  baseUrl: string;
  token: string;
  /** Sent back by Telegram with every update (X-Telegram-Bot-Api-Secret-Token). */
  webhookSecret: string;
  username: string;
};

const answerSchema = z.object({
  ok: z.boolean(),
  result: z.object({ message_id: z.number() }).optional().catch(undefined),
  error_code: z.number().optional(),
  description: z.string().default(""),
  parameters: z.object({ retry_after: z.number().optional() }).optional(),
});

// Descriptions of the Bot API after which the chat will never take a message again.
const DEAD =
  /chat not found|bot was blocked|user is deactivated|bot was kicked|bot can't initiate|group chat was upgraded/i;

/** What the Bot API answers: `ok` with the message, or an error with code, description and sometimes seconds to wait. */
export function judgeTelegram(response: OutgoingResponse, chat: string): SendResult {
  const parsed = answerSchema.safeParse(jsonOf(response));
  if (!parsed.success) return judgeStatus(response);
  const { ok, result, error_code: code = response.status, description, parameters } = parsed.data;
  if (ok) {
    const id = result === undefined ? null : String(result.message_id);
    const accepted = { kind: "accepted" as const, providerId: id, detail: "Taken by Telegram." };
    return id === null ? accepted : { ...accepted, message: { address: chat, ref: id } };
  }
  const detail = `Telegram: ${inertLine(description, 200)} (${code}).`;
  if (DEAD.test(description)) return { kind: "failed", retry: false, detail, invalidDestination: true };
  const retry = code === 429 || code >= 500;
  return { kind: "failed", retry, detail, ...waitSeconds(parameters?.retry_after ?? Number.NaN) };
}

/** Sends the page as the organisation's Telegram bot to the chat of one person. */
export function telegramSender(settings: {
  bot: () => Promise<TelegramBot | null>;
  allowPrivate: boolean;
}): ChannelSender {
  return {
    channel: "telegram",
    capabilities: CAPABILITIES.telegram,
    async send(page, { address }, { signal }) {
      const bot = await settings.bot();
      if (!bot) return { kind: "failed", retry: false, detail: "No Telegram bot is set up." };
      return sendOverHttp(
        {
          ...telegramRequest(bot, "sendMessage", { chat_id: address, ...telegramMessage(page) }),
          signal,
          allowPrivate: settings.allowPrivate,
        },
        (response) => judgeTelegram(response, address),
      );
    },
  };
}

/** A call of a method of the Bot API. */
export function telegramRequest(bot: Pick<TelegramBot, "baseUrl" | "token">, method: string, body: object) {
  return jsonRequest(`${bot.baseUrl}/bot${bot.token}/${method}`, body);
}
