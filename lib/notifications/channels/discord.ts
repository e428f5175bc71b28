import { z } from "zod";
import type { OutgoingResponse } from "#lib/http/outgoing";
import { chatWebhookSender } from "#lib/notifications/channels/chat-webhook";
import type { HttpSettings } from "#lib/notifications/channels/chat-webhook";
import type { ChannelSender } from "#lib/notifications/channels/channel";
import { jsonOf, judgeStatus, waitSeconds } from "#lib/notifications/channels/http-result";
import type { SendResult } from "#lib/notifications/delivery";
import { discordMessage } from "#lib/notifications/discord-message";
import { inertLine } from "#lib/notifications/inert";

const problem = z.object({
  code: z.number().default(0),
  message: z.string().default(""),
  retry_after: z.number().optional(),
});
const created = z.object({ id: z.string().min(1) });

// Discord's JSON error codes after which the webhook will never work again.
const UNKNOWN_CHANNEL = 10_003;
const UNKNOWN_WEBHOOK = 10_015;
const INVALID_TOKEN = 50_027;
const DEAD = new Set([UNKNOWN_CHANNEL, UNKNOWN_WEBHOOK, INVALID_TOKEN]);

/** What Discord answers: the message, or an error with a code; 429 says in its body how many seconds to wait. */
export function judgeDiscord(response: OutgoingResponse, address: string): SendResult {
  const answer = jsonOf(response);
  if (response.status < 400) {
    const message = created.safeParse(answer);
    const result = judgeStatus(response);
    if (result.kind !== "accepted" || !message.success) return result;
    const { id } = message.data;
    return { ...result, providerId: id, message: { address, ref: id } };
  }
  const parsed = problem.safeParse(answer);
  if (!parsed.success) return judgeStatus(response);
  const { code, message, retry_after: wait } = parsed.data;
  const detail = `Discord: ${inertLine(message, 150)} (HTTP ${response.status}, code ${code}).`;
  if (DEAD.has(code)) return { kind: "failed", retry: false, detail, invalidDestination: true };
  const retry = response.status === 429 || response.status >= 500;
  return { kind: "failed", retry, detail, ...waitSeconds(wait ?? Number.NaN) };
}

/** Posts the page to a Discord webhook, and waits for the message, so that it can be changed later. */
export function discordSender(settings: HttpSettings): ChannelSender {
  return chatWebhookSender(
    { channel: "discord", message: discordMessage, url: executeUrl, judge: judgeDiscord },
    settings,
  );
}

/** Link buttons are left out unless asked for (Discord: "Execute Webhook", query parameters). */
function executeUrl(address: string): string {
  const url = new URL(address);
  url.searchParams.set("wait", "true");
  url.searchParams.set("with_components", "true");
  return url.href;
}
