import type { OutgoingResponse } from "#lib/http/outgoing";
import { CAPABILITIES } from "#lib/notifications/capability";
import type { ChannelSender } from "#lib/notifications/channels/channel";
import { jsonRequest } from "#lib/notifications/channels/chat-webhook";
import { judgeStatus, sendOverHttp } from "#lib/notifications/channels/http-result";
import type { SlackApp } from "#lib/notifications/channels/slack-api";
import { sendToSlack } from "#lib/notifications/channels/slack-api";
import type { SendResult } from "#lib/notifications/delivery";
import { slackAppMessage } from "#lib/notifications/slack-app-message";
import { slackMessage } from "#lib/notifications/slack-message";

// What an incoming webhook answers (Slack: "Sending messages using incoming webhooks", error handling), and whether the address is
// dead. `invalid_payload` and the like are our mistake: trying again sends the same.
const ERRORS: Record<string, { message: string; invalidDestination: boolean }> = {
  action_prohibited: { message: "the workspace forbids it", invalidDestination: false },
  channel_is_archived: { message: "the channel is archived", invalidDestination: true },
  channel_not_found: { message: "the channel does not exist any more", invalidDestination: true },
  invalid_payload: { message: "it did not understand the message", invalidDestination: false },
  invalid_token: { message: "the address is not valid any more", invalidDestination: true },
  no_active_hooks: { message: "the webhook was switched off", invalidDestination: true },
  no_service: { message: "the webhook was switched off or removed", invalidDestination: true },
  no_service_id: { message: "the address is incomplete", invalidDestination: true },
  no_team: { message: "the workspace does not exist any more", invalidDestination: true },
  no_text: { message: "the message was empty", invalidDestination: false },
  posting_to_general_channel_denied: {
    message: "it may not post to that channel",
    invalidDestination: false,
  },
  team_disabled: { message: "the workspace is disabled", invalidDestination: true },
  token_revoked: { message: "the webhook was revoked", invalidDestination: true },
  user_not_found: { message: "the person does not exist any more", invalidDestination: true },
};

/** What Slack's answer means. `rollup_error` and everything unknown with 429 or 5xx may be tried again. */
export function judgeSlack(response: OutgoingResponse): SendResult {
  const word = response.body.trim();
  const known = response.status >= 400 ? ERRORS[word] : undefined;
  if (!known) return judgeStatus(response);
  return {
    kind: "failed",
    retry: false,
    detail: `Slack refused it: ${known.message} (${word}).`,
    invalidDestination: known.invalidDestination,
  };
}

/**
 * Posts the page to Slack: as the app to a person or channel (`U…`, `C…`), with buttons, or to an incoming webhook, with links.
 */
export function slackSender(settings: {
  allowPrivate: boolean;
  app: () => Promise<SlackApp | null>;
}): ChannelSender {
  const { allowPrivate } = settings;
  return {
    channel: "slack",
    capabilities: CAPABILITIES.slack,
    async send(page, { address }, { signal }) {
      if (URL.canParse(address)) {
        const request = jsonRequest(address, slackMessage(page));
        return sendOverHttp({ ...request, signal, allowPrivate }, judgeSlack);
      }
      const app = await settings.app();
      if (!app) return { kind: "failed", retry: false, detail: "No Slack app is set up." };
      const body = { channel: address, ...slackAppMessage(page), unfurl_links: false, unfurl_media: false };
      return sendToSlack(app, { method: "chat.postMessage", body, signal, allowPrivate });
    },
  };
}
