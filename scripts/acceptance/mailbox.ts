import type { AddressInfo } from "node:net";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/** A mail as it came, and when its last byte did, in this machine's milliseconds. */
export type ReceivedMail = {
  at: number;
  to: string;
  subject: string;
  text: string;
  messageId: string;
  replyTo: string;
};

export type Mailbox = { url: string; mails: readonly ReceivedMail[]; stop: () => Promise<void> };

/** A real SMTP server that keeps what it gets; it takes everything unless `answer` refuses for now. */
export async function startMailbox(
  answer: (mail: ReceivedMail) => "taken" | "refused" = () => "taken",
): Promise<Mailbox> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData(stream, session, callback) {
      simpleParser(stream).then(
        ({ subject = "", text = "", messageId = "", replyTo }) => {
          const to = session.envelope.rcptTo.map(({ address }) => address).join(", ");
          const mail = { at: Date.now(), to, subject, text, messageId, replyTo: replyTo?.text ?? "" };
          if (answer(mail) === "refused") {
            callback(Object.assign(new Error("Try again later"), { responseCode: 451 }));
            return;
          }
          mails.push(mail);
          callback();
        },
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  // Whoever is killed while sending leaves a broken connection behind.
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
