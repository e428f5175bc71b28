import type { Database } from "#db/connect";
import { env } from "#lib/env";
import type { ChannelSender } from "#lib/notifications/channels/channel";
import { chatSenders } from "#lib/notifications/channels/chat-senders";
import { emailSender } from "#lib/notifications/channels/email";
import type { MailTransport } from "#lib/notifications/channels/mail-transport";
import { outboxTransport, smtpTransport } from "#lib/notifications/channels/mail-transport";
import { loadPushKeys } from "#lib/notifications/channels/push-keys";
import { pushSender } from "#lib/notifications/channels/push";
import { telephonySender } from "#lib/notifications/channels/telephony/sender";
import { webhookSender } from "#lib/notifications/channels/webhook";
import type { Channel } from "#lib/notifications/vocabulary";

/** Who sends over each channel; null: no provider is configured, and the interface says so. */
export type Senders = Record<Channel, ChannelSender | null>;

const shared = globalThis as typeof globalThis & { touchlineSmtp?: MailTransport };

/** Mail as this deployment is set up: over SMTP, or into the outbox without SMTP_URL. Also for invitations and digests. */
export function mailTransport(db: Database): MailTransport {
  const { smtpUrl, mailFrom, url } = env();
  if (smtpUrl === null) return outboxTransport(db);
  shared.touchlineSmtp ??= smtpTransport({ url: smtpUrl, from: mailFrom, domain: new URL(url).hostname });
  return shared.touchlineSmtp;
}

/** The senders of this deployment. */
export function configuredSenders(db: Database): Senders {
  const { allowPrivateDestinations: allowPrivate, url } = env();
  return {
    email: emailSender(mailTransport(db), env().mailInDomain),
    push: pushSender({ keys: () => loadPushKeys(db), subject: pushSubject(), allowPrivate }),
    webhook: webhookSender({ allowPrivate }),
    ...chatSenders(db),
    sms: telephonySender("sms", { db, url, allowPrivate }),
    phone: telephonySender("phone", { db, url, allowPrivate }),
  };
}

/** Some push services refuse a subject that is no public address, so the mail sender's is used where the URL is not https. */
function pushSubject(): string {
  const { url, mailFrom } = env();
  if (url.startsWith("https://")) return url;
  return `mailto:${/<([^>]+)>/.exec(mailFrom)?.[1] ?? mailFrom}`;
}
