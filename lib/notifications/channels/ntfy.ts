import { z } from "zod";
import type { OutgoingResponse } from "#lib/http/outgoing";
import { CAPABILITIES } from "#lib/notifications/capability";
import { jsonRequest } from "#lib/notifications/channels/chat-webhook";
import type { HttpSettings } from "#lib/notifications/channels/chat-webhook";
import type { ChannelSender } from "#lib/notifications/channels/channel";
import { jsonOf, judgeStatus, sendOverHttp } from "#lib/notifications/channels/http-result";
import type { SendResult } from "#lib/notifications/delivery";
import { inertLine } from "#lib/notifications/inert";
import { ntfyMessage } from "#lib/notifications/ntfy-message";

const problem = z.object({ code: z.number(), error: z.string().default("") });
const created = z.object({ id: z.string().min(1) });
// ntfy's codes are the HTTP status with two digits more: 40009 "topic invalid", 40401 "page not found".
const INVALID_TOPIC = 40_009;

/** What an ntfy server answers: the message with its id, or an error with a code. 401 and 403 can be mended on the server. */
export function judgeNtfy(response: OutgoingResponse): SendResult {
  const answer = jsonOf(response);
  const result = judgeStatus(response);
  if (result.kind === "accepted") {
    const message = created.safeParse(answer);
    return message.success ? { ...result, providerId: message.data.id } : result;
  }
  const parsed = problem.safeParse(answer);
  const detail = parsed.success
    ? `ntfy: ${inertLine(parsed.data.error, 150)} (${parsed.data.code}).`
    : result.detail;
  const dead = response.status === 404 || (parsed.success && parsed.data.code === INVALID_TOPIC);
  return { ...result, detail, ...(dead ? { retry: false, invalidDestination: true } : {}) };
}

/** Publishes the page to an ntfy topic; the secret of the contact method, if any, is an access token. */
export function ntfySender({ allowPrivate }: HttpSettings): ChannelSender {
  return {
    channel: "ntfy",
    capabilities: CAPABILITIES.ntfy,
    async send(page, { address, secret }, { signal }) {
      const { server, topic } = splitTopic(address);
      const request = jsonRequest(server, ntfyMessage(page, topic));
      const headers = {
        ...request.headers,
        ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
      };
      return sendOverHttp({ ...request, headers, signal, allowPrivate }, judgeNtfy);
    },
  };
}

/** `https://ntfy.sh/my-topic`: JSON is published to the root of the server, and names the topic. */
function splitTopic(address: string): { server: string; topic: string } {
  const url = new URL(address);
  const parts = url.pathname.split("/").filter((part) => part !== "");
  const topic = parts.pop() ?? "";
  return { server: `${url.origin}/${parts.join("/")}`, topic };
}
