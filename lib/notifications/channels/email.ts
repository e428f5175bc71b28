import { CAPABILITIES } from "#lib/notifications/capability";
import type { ChannelSender } from "#lib/notifications/channels/channel";
import type { MailTransport } from "#lib/notifications/channels/mail-transport";
import type { SendResult } from "#lib/notifications/delivery";
import { emailMessage } from "#lib/notifications/email-message";

/** The page as an e-mail; all e-mails of one incident form one conversation. */
export function emailSender(transport: MailTransport): ChannelSender {
  return {
    channel: "email",
    capabilities: CAPABILITIES.email,
    async send(page, destination, { idempotencyKey, signal }) {
      const sending = transport.send({
        to: destination.address,
        ...emailMessage(page),
        messageKey: `delivery.${idempotencyKey}`,
        ...(page.incident ? { threadKey: `incident.${page.incident.id}` } : {}),
        urgent: page.incident?.urgency === "high",
        deliveryId: page.deliveryId,
      });
      // SMTP can't be broken off half-way without losing the connection for others; we only stop waiting.
      return Promise.race([sending, whenAborted(signal)]);
    },
  };
}

function whenAborted(signal: AbortSignal): Promise<SendResult> {
  return new Promise((resolve) => {
    const stop = () =>
      resolve({ kind: "failed", retry: true, detail: "The mail server did not answer in time." });
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
