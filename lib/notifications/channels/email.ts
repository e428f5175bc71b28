import { signReplyAddress } from "#lib/crypto/reply-address";
import { CAPABILITIES } from "#lib/notifications/capability";
import type { ChannelSender } from "#lib/notifications/channels/channel";
import type { MailTransport } from "#lib/notifications/channels/mail-transport";
import type { SendResult } from "#lib/notifications/delivery";
import { emailMessage } from "#lib/notifications/email-message";

/**
 * The page as an e-mail; all e-mails of one incident form one conversation. With a domain whose mail comes here (`mailInDomain`) it can be
 * answered by a reply, and comes back to us when it can't be delivered.
 */
export function emailSender(transport: MailTransport, mailInDomain: string | null = null): ChannelSender {
  return {
    channel: "email",
    capabilities: CAPABILITIES.email,
    async send(page, destination, { idempotencyKey, signal }) {
      const sending = transport.send({
        to: destination.address,
        ...emailMessage(page, { canReply: mailInDomain !== null }),
        ...(mailInDomain === null ? {} : addressesOf(page.deliveryId, mailInDomain)),
        messageKey: `delivery.${idempotencyKey}`,
        ...(page.incident ? { threadKey: `incident.${page.incident.id}` } : {}),
        urgent: page.urgency === "high",
        deliveryId: page.deliveryId,
      });
      // SMTP can't be broken off half-way without losing the connection for others; we only stop waiting.
      return Promise.race([sending, whenAborted(signal)]);
    },
  };
}

function addressesOf(deliveryId: string, domain: string) {
  return {
    replyTo: `${signReplyAddress({ kind: "reply", deliveryId })}@${domain}`,
    bounceTo: `${signReplyAddress({ kind: "bounce", deliveryId })}@${domain}`,
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
