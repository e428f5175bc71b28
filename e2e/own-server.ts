import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import type { ParsedMail } from "mailparser";
import { SMTPServer } from "smtp-server";
import { test as base } from "#e2e/fixtures";
import { createTestDatabase } from "#lib/testing/test-database";
import type { TestDatabase } from "#lib/testing/test-database";
import { freePort } from "#scripts/setup/free-port";
import { prepareDatabase } from "#scripts/setup/prepare-database";
import { startServer } from "#scripts/setup/server";

/** A mail server, and what it received so far. */
type MailServer = { port: number; received: ParsedMail[] };

type OwnFixtures = { mailServer: MailServer; ownDatabase: TestDatabase; started: string };

const UNKNOWN = "The database server is not known: a running server is tested.";

/**
 * The tests' `test` on a server of the file's own, with the demo organisation: its database's clock can be moved without disturbing
 * other tests, and it sends its mail to `mailServer`.
 */
export const test = base.extend<object, OwnFixtures>({
  mailServer: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from it which other fixtures are needed: none.
    async ({}, use) => {
      const received: ParsedMail[] = [];
      const server = new SMTPServer({
        authOptional: true,
        disabledCommands: ["STARTTLS"],
        onData(stream, _session, done) {
          simpleParser(stream, { skipImageLinks: true }).then((mail) => {
            received.push(mail);
            done();
          }, done);
        },
      });
      await new Promise<void>((resolve) => {
        server.listen(0, "127.0.0.1", resolve);
      });
      await use({ port: (server.server.address() as AddressInfo).port, received });
      await new Promise<void>((resolve) => {
        server.close(resolve);
      });
    },
    { scope: "worker" },
  ],

  ownDatabase: [
    // oxlint-disable-next-line no-empty-pattern -- as above
    async ({}, use) => {
      const { E2E_ADMIN_URL: adminUrl, E2E_TEMPLATE: template } = process.env;
      if (adminUrl === undefined || template === undefined) throw new Error(UNKNOWN);
      const database = await createTestDatabase(adminUrl, template);
      await use(database);
      await database.drop();
    },
    { scope: "worker" },
  ],

  app: [
    async ({ ownDatabase, mailServer }, use) => {
      const folder = mkdtempSync(join(tmpdir(), "touchline-e2e-own-"));
      const secret = process.env.TOUCHLINE_SECRET ?? "";
      const { credentials } = await prepareDatabase(
        {
          url: ownDatabase.url,
          credentialsFile: join(folder, "credentials.json"),
          seeded: () => undefined,
        },
        { seed: "demo", secret },
      );
      if (credentials === undefined) throw new Error("The demo organisation was not created.");
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      const logFile = join(folder, "server.log");
      const server = await startServer({
        port,
        host: "127.0.0.1",
        publicUrl: url,
        databaseUrl: ownDatabase.url,
        secret,
        dev: false,
        folder,
        logFile,
        env: {
          SMTP_URL: `smtp://127.0.0.1:${mailServer.port}`,
          MAIL_FROM: "Touchline <touchline@example.com>",
        },
      });
      process.env.E2E_SERVER_LOG = logFile;
      await use({ url, databaseUrl: ownDatabase.url, ...credentials });
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 180_000 },
  ],

  // Before anything asks which server's log belongs to this worker.
  started: [async ({ app }, use) => use(app.url), { scope: "worker", auto: true, timeout: 180_000 }],

  baseURL: async ({ app }, use) => use(app.url),
});
