import { CAPABILITIES } from "#lib/notifications/capability";
import type { ChannelSender } from "#lib/notifications/channels/channel";
import type { OutgoingRequest, OutgoingResponse } from "#lib/http/outgoing";
import { sendOverHttp } from "#lib/notifications/channels/http-result";
import type { SendResult } from "#lib/notifications/delivery";
import type { PageFacts } from "#lib/notifications/page-facts";
import type { Channel } from "#lib/notifications/vocabulary";

export type HttpSettings = { allowPrivate: boolean };

type ChatWebhook = {
  channel: Channel;
  /** What is posted as JSON. */
  message: (page: PageFacts) => object;
  /** Where, if not to the address as it is. */
  url?: (address: string) => string;
  judge: (response: OutgoingResponse, address: string) => SendResult;
};

/** A channel that is one JSON document posted to the address of the contact method. */
export function chatWebhookSender(medium: ChatWebhook, { allowPrivate }: HttpSettings): ChannelSender {
  return {
    channel: medium.channel,
    capabilities: CAPABILITIES[medium.channel],
    async send(page, { address }, { signal }) {
      const request = jsonRequest(medium.url?.(address) ?? address, medium.message(page));
      return sendOverHttp({ ...request, signal, allowPrivate }, (response) =>
        medium.judge(response, address),
      );
    },
  };
}

/** A POST of a JSON document. */
export function jsonRequest(
  url: string,
  body: object,
): Pick<OutgoingRequest, "url" | "method" | "headers" | "body"> {
  return {
    url,
    method: "POST",
    headers: { "content-type": "application/json", "user-agent": "Touchline" },
    body: JSON.stringify(body),
  };
}
