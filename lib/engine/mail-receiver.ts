import type { DNSResolver } from "mailauth";
import type { Logger } from "pino";
import { SMTPServer } from "smtp-server";
import type { SMTPServerDataStream, SMTPServerSession } from "smtp-server";
import type { Database } from "#db/connect";
import { readReplyAddress } from "#lib/crypto/reply-address";
import type { ReplyAddress } from "#lib/crypto/reply-address";
import { authenticateMail } from "#lib/mail-in/commands/authenticate-mail";
import { parseMail } from "#lib/mail-in/commands/parse-mail";
import { receiveAlertMail } from "#lib/mail-in/commands/receive-alert-mail";
import { receiveMail } from "#lib/mail-in/commands/receive-mail";
import { findMailIntegration } from "#lib/mail-in/queries/mailboxes";
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
  /** Stands in for the name servers in tests. */
  resolver?: DNSResolver;
};

/** What an address of ours stands for: a page that was sent, or an integration that takes mail. */
type Recipient = { kind: "page"; address: ReplyAddress } | { kind: "integration"; id: string };

const MAX_BYTES = 2_000_000;
const MOST_CLIENTS = 50;
/** Of one address, so that a single host that holds its connections open leaves room for the others' mail. */
const MOST_OF_ONE = 20;
const IDLE_MS = 60_000;

/**
 * Takes the mail of one domain over SMTP: answers to pages and delivery reports, and mail to integrations. It knows no accounts and passes
 * nothing on: any recipient but an address that we made is refused before a byte of the message is read. A mail is accepted (250) when what
 * it asks for is committed; what fails on our side is put off (451), so that the sender's server brings it again.
 */
export async function startMailReceiver(options: ReceiverOptions): Promise<MailReceiver> {
  const { log, host, port } = options;
  const connections = new Map<string, number>();
  const server = new SMTPServer({
    banner: "Touchline",
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    size: MAX_BYTES,
    maxClients: MOST_CLIENTS,
    socketTimeout: IDLE_MS,
    closeTimeout: 1_000,
    onConnect({ remoteAddress }, done) {
      const open = (connections.get(remoteAddress) ?? 0) + 1;
      connections.set(remoteAddress, open);
      done(open > MOST_OF_ONE ? refusal(421, "Too many connections from your address.") : null);
    },
    onClose({ remoteAddress }) {
      const open = (connections.get(remoteAddress) ?? 1) - 1;
      if (open > 0) connections.set(remoteAddress, open);
      else connections.delete(remoteAddress);
    },
    onRcptTo({ address }, session, done) {
      recipientOf(options, address)
        .then((recipient) => {
          // One mail is about one page, or one service.
          if (recipient === null) return refusal(550, "No such address here.");
          return session.envelope.rcptTo.length === 0 ? null : refusal(452, "One recipient at a time.");
        })
        .catch((error: unknown) => tryAgain(options, error))
        .then(done, done);
    },
    onData(stream, session, done) {
      take(options, stream, session)
        .catch((error: unknown) => tryAgain(options, error))
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

async function take(
  options: ReceiverOptions,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<Error | null> {
  const { db, transport, log } = options;
  const message = await collect(stream);
  const recipient = await recipientOf(options, session.envelope.rcptTo[0]?.address ?? "");
  if (stream.sizeExceeded || recipient === null) return refusal(552, "The message is too large.");
  const from = session.envelope.mailFrom;
  const returnPath = from === false ? "" : from.address;
  const parsed = await parseMail(message);
  if (parsed === null) return refusal(554, "The message can't be read.");
  if (recipient.kind === "page") {
    const outcome = await receiveMail(db, transport, { to: recipient.address, returnPath, parsed });
    log.info({ deliveryId: recipient.address.deliveryId, ...outcome }, "mail received");
    return null;
  }
  const { remoteAddress, hostNameAppearsAs: helo } = session;
  const proof = await authenticateMail(message, { returnPath, remoteAddress, helo }, options.resolver);
  const outcome = await receiveAlertMail(db, { integrationId: recipient.id, parsed, returnPath, proof });
  log.info({ integrationId: recipient.id, ...outcome }, "mail received");
  if (outcome.kind === "taken") return null;
  return refusal(outcome.kind === "refused" ? 550 : 451, outcome.because);
}

/** All of a message, or what fits of one that is too large. */
async function collect(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size <= MAX_BYTES) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tryAgain({ log }: ReceiverOptions, error: unknown): Error {
  log.error({ err: error }, "a mail could not be taken; its sender tries again");
  return refusal(451, "Try again later.");
}

async function recipientOf({ db, domain }: ReceiverOptions, address: string): Promise<Recipient | null> {
  const at = address.lastIndexOf("@");
  if (at < 0 || address.slice(at + 1).toLowerCase() !== domain) return null;
  const localPart = address.slice(0, at);
  const page = readReplyAddress(localPart);
  if (page) return { kind: "page", address: page };
  const id = await findMailIntegration(db, localPart);
  return id === null ? null : { kind: "integration", id };
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
