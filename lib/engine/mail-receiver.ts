import { simpleParser } from "mailparser";
import type { Logger } from "pino";
import { SMTPServer } from "smtp-server";
import type { Database } from "#db/connect";
import { readReplyAddress } from "#lib/crypto/reply-address";
import type { ReplyAddress } from "#lib/crypto/reply-address";
import { receiveMail } from "#lib/mail-in/commands/receive-mail";
import type { MailTransport } from "#lib/notifications/channels/mail-transport";

export type MailReceiver = { port: number; stop(): Promise<void> };

type ReceiverOptions = {
  db: Database;
  log: Logger;
  transport: MailTransport;
  host: string;
  port: number;
  /** The domain whose mail is taken. */
  domain: string;
};

const MAX_BYTES = 2_000_000;
const MOST_CLIENTS = 50;
const IDLE_MS = 60_000;

/**
 * Takes the mail of one domain over SMTP: answers to pages and delivery reports. It knows no accounts and passes nothing on: any
 * recipient but an address that we made is refused before a byte of the message is read. A mail is accepted when it was acted on; what
 * fails on our side is put off (451), so that the sender's server brings it again.
 */
export async function startMailReceiver(options: ReceiverOptions): Promise<MailReceiver> {
  const { log, host, port } = options;
  const server = new SMTPServer({
    banner: "Touchline",
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    size: MAX_BYTES,
    maxClients: MOST_CLIENTS,
    socketTimeout: IDLE_MS,
    closeTimeout: 1_000,
    onRcptTo({ address }, session, done) {
      const isOurs = recipientOf(address, options.domain) !== null;
      // One mail is about one page.
      if (isOurs && session.envelope.rcptTo.length === 0) done();
      else done(refusal(isOurs ? 452 : 550, isOurs ? "One recipient at a time." : "No such address here."));
    },
    onData(stream, session, done) {
      const to = recipientOf(session.envelope.rcptTo[0]?.address ?? "", options.domain);
      const from = session.envelope.mailFrom;
      const returnPath = from === false ? "" : from.address;
      simpleParser(stream, {
        keepDeliveryStatus: true,
        skipImageLinks: true,
        maxHtmlLengthToParse: MAX_BYTES,
      })
        .then(async (parsed) => {
          if (stream.sizeExceeded || !to) return refusal(552, "The message is too large.");
          const outcome = await receiveMail(options.db, options.transport, { to, returnPath, parsed });
          log.info({ deliveryId: to.deliveryId, ...outcome }, "mail received");
          return null;
        })
        .catch((error: unknown) => {
          log.error({ err: error }, "a mail could not be taken; its sender tries again");
          return refusal(451, "Try again later.");
        })
        .then(done, done);
    },
  });
  server.on("error", (error) => log.warn({ err: error }, "the mail receiver had an error"));
  const taken = await listen(server, port, host);
  log.info({ port: taken, domain: options.domain }, "receiving mail");
  return { port: taken, stop: () => new Promise((stopped) => server.close(() => stopped())) };
}

function listen(server: SMTPServer, port: number, host: string): Promise<number> {
  return new Promise((ready, fail) => {
    server.server.once("error", fail);
    server.listen(port, host, () => {
      server.server.off("error", fail);
      const address = server.server.address();
      ready(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function recipientOf(address: string, domain: string): ReplyAddress | null {
  const at = address.lastIndexOf("@");
  if (at < 0 || address.slice(at + 1).toLowerCase() !== domain) return null;
  return readReplyAddress(address.slice(0, at));
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
