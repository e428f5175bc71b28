import { z } from "zod";
import type { OutgoingResponse } from "#lib/http/outgoing";
import { chatWebhookSender } from "#lib/notifications/channels/chat-webhook";
import type { HttpSettings } from "#lib/notifications/channels/chat-webhook";
import type { ChannelSender } from "#lib/notifications/channels/channel";
import { jsonOf, judgeStatus } from "#lib/notifications/channels/http-result";
import type { SendResult } from "#lib/notifications/delivery";
import { googleChatMessage } from "#lib/notifications/google-chat-message";
import { inertLine } from "#lib/notifications/inert";

const problem = z.object({
  error: z.object({ status: z.string().default(""), message: z.string().default("") }),
});
const created = z.object({ name: z.string().min(1) });
// google.rpc.Code: the space or the webhook is gone, or its key and token don't fit.
const DEAD = new Set(["NOT_FOUND", "UNAUTHENTICATED", "PERMISSION_DENIED"]);
const AGAIN = new Set(["RESOURCE_EXHAUSTED", "UNAVAILABLE", "INTERNAL", "DEADLINE_EXCEEDED", "ABORTED"]);

/** What Google Chat answers: the message, or an error with a status of google.rpc.Code. */
export function judgeGoogleChat(response: OutgoingResponse): SendResult {
  const answer = jsonOf(response);
  const result = judgeStatus(response);
  if (result.kind === "accepted") {
    const message = created.safeParse(answer);
    return message.success ? { ...result, providerId: message.data.name } : result;
  }
  const parsed = problem.safeParse(answer);
  if (!parsed.success) return result;
  const { status, message } = parsed.data.error;
  const detail = `Google Chat: ${inertLine(message, 200)} (${status || response.status}).`;
  if (DEAD.has(status)) return { kind: "failed", retry: false, detail, invalidDestination: true };
  return { ...result, detail, retry: result.retry || AGAIN.has(status) };
}

/** Posts the page to a Google Chat webhook; pages of one incident share a thread. */
export function googleChatSender(settings: HttpSettings): ChannelSender {
  return chatWebhookSender(
    { channel: "google_chat", message: googleChatMessage, url: threadedUrl, judge: judgeGoogleChat },
    settings,
  );
}

function threadedUrl(address: string): string {
  const url = new URL(address);
  url.searchParams.set("messageReplyOption", "REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD");
  return url.href;
}
