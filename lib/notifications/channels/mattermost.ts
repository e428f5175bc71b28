import { z } from "zod";
import type { OutgoingResponse } from "#lib/http/outgoing";
import { chatWebhookSender } from "#lib/notifications/channels/chat-webhook";
import type { HttpSettings } from "#lib/notifications/channels/chat-webhook";
import type { ChannelSender } from "#lib/notifications/channels/channel";
import { jsonOf, judgeStatus } from "#lib/notifications/channels/http-result";
import type { SendResult } from "#lib/notifications/delivery";
import { inertLine } from "#lib/notifications/inert";
import { mattermostMessage } from "#lib/notifications/mattermost-message";

const problem = z.object({ id: z.string(), message: z.string().default("") });

// Ids of Mattermost's errors; whether the address is dead for good.
const DEAD: Record<string, boolean> = {
  "web.incoming_webhook.invalid.app_error": true,
  "web.incoming_webhook.channel.app_error": true,
  "web.incoming_webhook.user.app_error": true,
  "web.incoming_webhook.channel_locked.app_error": false,
  "web.incoming_webhook.permissions.app_error": false,
  "web.incoming_webhook.disabled.app_error": false,
  "web.incoming_webhook.parse.app_error": false,
  "web.incoming_webhook.text.app_error": false,
};

/** What a Mattermost incoming webhook answers: `ok`, or an error with an id. */
export function judgeMattermost(response: OutgoingResponse): SendResult {
  const parsed = problem.safeParse(jsonOf(response));
  const dead = parsed.success ? DEAD[parsed.data.id] : undefined;
  if (response.status >= 400 && parsed.success && dead !== undefined) {
    const { id, message } = parsed.data;
    return {
      kind: "failed",
      retry: false,
      detail: `Mattermost refused it: ${inertLine(message, 150)} (${id}).`,
      invalidDestination: dead,
    };
  }
  if (response.status !== 404) return judgeStatus(response);
  return {
    kind: "failed",
    retry: false,
    detail: "Mattermost refused it: the webhook does not exist any more (HTTP 404).",
    invalidDestination: true,
  };
}

/** Posts the page to a Mattermost incoming webhook; its buttons are answered at `actionUrl`. */
export function mattermostSender(settings: HttpSettings & { actionUrl: string }): ChannelSender {
  const message = (page: Parameters<typeof mattermostMessage>[0]) =>
    mattermostMessage(page, settings.actionUrl);
  return chatWebhookSender({ channel: "mattermost", message, judge: judgeMattermost }, settings);
}
