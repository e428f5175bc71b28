import { z } from "zod";
import type { OutgoingResponse } from "#lib/http/outgoing";
import { CAPABILITIES } from "#lib/notifications/capability";
import type { ChannelSender } from "#lib/notifications/channels/channel";
import { jsonOf, judgeStatus, sendOverHttp } from "#lib/notifications/channels/http-result";
import type { SendResult } from "#lib/notifications/delivery";
import { inertLine } from "#lib/notifications/inert";
import { pushoverMessage } from "#lib/notifications/pushover-message";

export type PushoverApp = { baseUrl: string; token: string };

const answerSchema = z.object({
  status: z.number(),
  request: z.string().optional(),
  receipt: z.string().optional(),
  errors: z.array(z.string()).default([]),
  user: z.string().optional(),
});

/** What Pushover answers: status 1, or 0 with errors; `"user": "invalid"` says that the key is nobody's. */
export function judgePushover(response: OutgoingResponse, user: string): SendResult {
  const parsed = answerSchema.safeParse(jsonOf(response));
  if (!parsed.success) return judgeStatus(response);
  const { status, request, receipt, errors, user: about } = parsed.data;
  if (status === 1 && response.status < 400) {
    const accepted = {
      kind: "accepted" as const,
      providerId: receipt ?? request ?? null,
      detail: "Taken by Pushover.",
    };
    return receipt === undefined ? accepted : { ...accepted, message: { address: user, ref: receipt } };
  }
  const detail = `Pushover: ${inertLine(errors.join(", "), 200) || `HTTP ${response.status}`}.`;
  if (about === "invalid") return { kind: "failed", retry: false, detail, invalidDestination: true };
  return { kind: "failed", retry: response.status === 429 || response.status >= 500, detail };
}

/**
 * Sends the page to a person's Pushover devices. High urgency is an emergency message, which rings until it is acknowledged in the
 * app; `callback` makes that acknowledgement the incident's.
 */
export function pushoverSender(settings: {
  app: () => Promise<PushoverApp | null>;
  callback: (oneTapUrl: string) => string;
  allowPrivate: boolean;
}): ChannelSender {
  return {
    channel: "pushover",
    capabilities: CAPABILITIES.pushover,
    async send(page, { address }, { signal }) {
      const app = await settings.app();
      if (!app) return { kind: "failed", retry: false, detail: "No Pushover application is set up." };
      const message = pushoverMessage(page, settings.callback(page.links.oneTap));
      return sendOverHttp(
        {
          ...formRequest(`${app.baseUrl}/1/messages.json`, { token: app.token, user: address, ...message }),
          signal,
          allowPrivate: settings.allowPrivate,
        },
        (response) => judgePushover(response, address),
      );
    },
  };
}

/** A POST of form fields. */
export function formRequest(url: string, fields: Record<string, string>) {
  return {
    url,
    method: "POST" as const,
    headers: { "content-type": "application/x-www-form-urlencoded", "user-agent": "Touchline" },
    body: new URLSearchParams(fields).toString(),
  };
}
