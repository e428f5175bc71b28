import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export type MailSink = {
  port: number;
  /** How often each Message-ID was taken. */
  taken: ReadonlyMap<string, number>;
  stop: () => Promise<void>;
};

const MESSAGE_ID = /^message-id:\s*<([^>]+)>/im;

/** A mail server that takes everything and keeps count. */
export async function startMailSink(): Promise<MailSink> {
  const taken = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData(stream, _session, callback) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const id = MESSAGE_ID.exec(Buffer.concat(chunks).toString("utf8"))?.[1] ?? "none";
        taken.set(id, (taken.get(id) ?? 0) + 1);
        callback();
      });
    },
  });
  // A client that was killed in the middle of a mail is what this is about.
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return { port, taken, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}
