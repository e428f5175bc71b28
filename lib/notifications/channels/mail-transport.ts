import nodemailer from "nodemailer";
import type { Database } from "#db/connect";
import { outboxMessages } from "#db/schema/notifications";
import { readNow } from "#lib/context";
import { newId } from "#lib/ids";
import type { SendResult } from "#lib/notifications/delivery";
import { inertLine } from "#lib/notifications/inert";

export type Mail = {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Local part of the Message-ID: a repetition with the same one is the same message to a mail program. */
  messageKey: string;
  /** Messages with the same key are shown as one conversation. */
  threadKey?: string;
  urgent?: boolean;
  /** The Message-ID of somebody else's mail that it answers; with it, `threadKey` is of no use. */
  answers?: string;
  /** Where an answer goes, if not to the sender. */
  replyTo?: string;
  /** Where word goes that it could not be delivered (the envelope's sender). */
  bounceTo?: string;
  /** It answers a mail: no program may answer it in turn. */
  isAnswer?: boolean;
  /** Pictures that the HTML shows by their content id. */
  attachments?: { filename: string; content: Buffer; contentType: string; cid: string }[];
  /** The delivery it belongs to; none for invitations and the like. */
  deliveryId?: string;
};

export type MailTransport = { send(mail: Mail): Promise<SendResult> };

const TIMEOUT_MS = 10_000;

/** Mail over SMTP, with a small pool of connections. 4xx answers and network trouble may be tried again; 5xx not. */
export function smtpTransport(settings: { url: string; from: string; domain: string }): MailTransport {
  const transport = nodemailer.createTransport({
    url: settings.url,
    pool: true,
    maxConnections: 5,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    dnsTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const idOf = (key: string) => `<${key}@${settings.domain}>`;
  return {
    async send(mail) {
      const before = mail.answers ?? (mail.threadKey === undefined ? null : idOf(mail.threadKey));
      const thread = before === null ? {} : { inReplyTo: before, references: before };
      try {
        const info = await transport.sendMail({
          from: settings.from,
          to: { name: "", address: mail.to },
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          messageId: idOf(mail.messageKey),
          ...thread,
          ...(mail.attachments === undefined ? {} : { attachments: mail.attachments }),
          ...(mail.replyTo === undefined ? {} : { replyTo: mail.replyTo }),
          ...(mail.bounceTo === undefined ? {} : { envelope: { from: mail.bounceTo, to: mail.to } }),
          priority: mail.urgent ? "high" : "normal",
          // Keeps out-of-office programs from answering a machine (RFC 3834).
          headers: {
            "Auto-Submitted": mail.isAnswer ? "auto-replied" : "auto-generated",
            "X-Auto-Response-Suppress": "All",
          },
        });
        return { kind: "accepted", providerId: info.messageId, detail: inertLine(info.response, 200) };
      } catch (error) {
        return judgeMailError(error);
      }
    },
  };
}

/** Without a mail server: the message is kept where an administrator can read it. Repeating a delivery keeps one message. */
export function outboxTransport(db: Database): MailTransport {
  return {
    async send(mail) {
      const at = await readNow(db);
      await db
        .insert(outboxMessages)
        .values({
          id: newId(at.getTime()),
          deliveryId: mail.deliveryId ?? null,
          at,
          to: mail.to,
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
        })
        .onConflictDoNothing();
      return {
        kind: "accepted",
        providerId: null,
        detail: "No mail server is configured: kept in the outbox.",
      };
    },
  };
}

// What the server says about its own state or about our sign-in to it, not about this message.
const OURS = new Set(["EAUTH", "ENOAUTH", "ECONNECTION", "ETIMEDOUT", "ESOCKET", "EDNS", "ETLS", "EPROXY"]);

/** What a failed SMTP conversation means (RFC 5321, section 4.2.1: 4yz is transient, 5yz permanent). */
export function judgeMailError(error: unknown): SendResult {
  const { code, responseCode } = Object(error) as { code?: unknown; responseCode?: unknown };
  const message = error instanceof Error ? error.message : String(error);
  const permanent =
    typeof responseCode === "number" && responseCode >= 500 && !(typeof code === "string" && OURS.has(code));
  return { kind: "failed", retry: !permanent, detail: inertLine(message, 300) };
}
