import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingHttpHeaders, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { simpleParser } from "mailparser";
import type { ParsedMail } from "mailparser";
import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { settings } from "#db/schema/organisation";
import { contactMethods } from "#db/schema/people";
import { encryptSecret } from "#lib/crypto/secret";
import { emailSender } from "#lib/notifications/channels/email";
import { smtpTransport } from "#lib/notifications/channels/mail-transport";
import { loadPushKeys } from "#lib/notifications/channels/push-keys";
import { pushSender } from "#lib/notifications/channels/push";
import { slackSender } from "#lib/notifications/channels/slack";
import { webhookSender } from "#lib/notifications/channels/webhook";
import { useDatabase } from "#lib/testing/database";
import { deliveryStories, delivering, pageSomebody, runOnce } from "#lib/testing/paging";
import { makePushSubscriber, verifyVapid } from "#lib/testing/push-subscriber";

const { db, moveTime, sql } = await useDatabase();
const closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
  await sql`truncate incidents, pages, services, escalation_policies, users, settings cascade`;
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

type Received = { method: string; url: string; headers: IncomingHttpHeaders; body: Buffer };

/** A server of somebody else: keeps what it got and answers with the next of the answers, then with the last one. */
async function startPeer(...answers: { status: number; body?: string }[]) {
  const received: Received[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const answer = answers[Math.min(received.length, answers.length - 1)];
      received.push({
        method: request.method ?? "",
        url: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks),
      });
      response.writeHead(answer?.status ?? 500).end(answer?.body ?? "");
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const { port } = server.address() as AddressInfo;
  return { received, url: `http://127.0.0.1:${port}` };
}

type SmtpRefusal = { code: number; text: string; at: "rcpt" | "data" };

async function startMailServer(refusals: SmtpRefusal[] = []) {
  const mails: ParsedMail[] = [];
  const recipients: string[] = [];
  const refusalAt = (step: SmtpRefusal["at"]) => {
    if (refusals[0]?.at !== step) return null;
    const refusal = refusals.shift();
    return refusal ? Object.assign(new Error(refusal.text), { responseCode: refusal.code }) : null;
  };
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS", "AUTH"],
    closeTimeout: 50,
    onRcptTo({ address }, _session, done) {
      recipients.push(address);
      done(refusalAt("rcpt"));
    },
    onData(stream, _session, done) {
      simpleParser(stream).then(
        (mail) => {
          const refusal = refusalAt("data");
          if (!refusal) mails.push(mail);
          done(refusal);
        },
        (error: Error) => done(error),
      );
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  closing.push(() => new Promise((closed) => server.close(() => closed())));
  const { port } = server.server.address() as AddressInfo;
  const transport = smtpTransport({
    url: `smtp://127.0.0.1:${port}`,
    from: "Touchline <touchline@ops.example.com>",
    domain: "ops.example.com",
  });
  return { mails, recipients, module: delivering({ email: emailSender(transport) }) };
}

const allowPrivate = true;
const email = [{ channel: "email" as const, address: "maya@example.com" }];

describe("e-mail", () => {
  test("arrives as text and HTML, threaded by incident, with a Message-ID of the delivery", async () => {
    const { incidentId } = await pageSomebody(db, email, `<b>5xx</b> above 4 % – "quoted"`);
    const server = await startMailServer();
    await runOnce(db, server.module);
    const [mail] = server.mails;
    const [story] = await deliveryStories(db);
    expect(server.recipients).toEqual(["maya@example.com"]);
    expect(mail).toMatchObject({
      subject: expect.stringMatching(/^\[HIGH\] #\d+ Service \w+: <b>5xx<\/b> above 4 % – "quoted"$/),
      from: { text: `"Touchline" <touchline@ops.example.com>` },
      messageId: `<delivery.${story?.delivery.id}@ops.example.com>`,
      references: `<incident.${incidentId}@ops.example.com>`,
      text: expect.stringContaining("/a/"),
      html: expect.stringContaining("&lt;b&gt;5xx&lt;/b&gt;"),
    });
    expect(mail?.headers.get("auto-submitted")).toBe("auto-generated");
    expect(mail?.headers.get("priority")).toBe("high");
    expect(story?.steps).toEqual(["queued", "sending", "accepted"]);
    expect(story?.delivery.providerId).toBe(mail?.messageId);
  });

  test("that is put off (451) is sent again under the same Message-ID", async () => {
    await pageSomebody(db, email);
    const server = await startMailServer([{ code: 451, text: "greylisted, try later", at: "rcpt" }]);
    await runOnce(db, server.module);
    expect(server.mails).toEqual([]);
    await moveTime({ seconds: 10 });
    await runOnce(db, server.module);
    const [story] = await deliveryStories(db);
    expect(story?.steps).toEqual(["queued", "sending", "retrying", "sending", "accepted"]);
    expect(server.mails.map(({ messageId }) => messageId)).toEqual([
      `<delivery.${story?.delivery.id}@ops.example.com>`,
    ]);
  });

  test.each(["rcpt", "data"] as const)(
    "that is refused (550 at %s) is not sent again, and says why",
    async (at) => {
      await pageSomebody(db, email);
      const server = await startMailServer([{ code: 550, text: "no such user here", at }]);
      await runOnce(db, server.module);
      const [story] = await deliveryStories(db);
      expect(story?.steps).toEqual(["queued", "sending", "failed"]);
      expect(story?.last).toContain("no such user here");
    },
  );

  test("to a server that is down is tried again", async () => {
    await pageSomebody(db, email);
    const server = await startMailServer();
    await closing.pop()?.();
    await runOnce(db, server.module);
    expect((await deliveryStories(db))[0]?.steps).toEqual(["queued", "sending", "retrying"]);
  });
});

describe("a webhook", () => {
  const SECRET = "shared with the receiver";

  async function page(url: string) {
    return pageSomebody(db, [
      { channel: "webhook", address: url, secret: encryptSecret(SECRET, "contact-method") },
    ]);
  }

  test("gets a signed document, and the same key when it is repeated", async () => {
    const peer = await startPeer({ status: 503 }, { status: 204 });
    const { incidentId } = await page(`${peer.url}/pages`);
    const deliver = delivering({ webhook: webhookSender({ allowPrivate }) });
    await runOnce(db, deliver);
    await moveTime({ seconds: 10 });
    await runOnce(db, deliver);
    expect(peer.received).toHaveLength(2);
    for (const { method, url, headers, body } of peer.received) {
      expect(`${method} ${url}`).toBe("POST /pages");
      const [, seconds, mac] =
        /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers["x-touchline-signature"])) ?? [];
      expect(mac).toBe(createHmac("sha256", SECRET).update(`${seconds}.`).update(body).digest("hex"));
      expect(JSON.parse(body.toString())).toMatchObject({ type: "page", incident: { id: incidentId } });
      expect(headers["idempotency-key"]).toBe(peer.received[0]?.headers["idempotency-key"]);
    }
    const [story] = await deliveryStories(db);
    expect(peer.received[0]?.headers["idempotency-key"]).toBe(story?.delivery.id);
    expect(story?.steps).toEqual(["queued", "sending", "retrying", "sending", "accepted"]);
  });

  test.each([
    [200, "accepted"],
    [302, "failed"],
    [400, "failed"],
    [429, "retrying"],
    [500, "retrying"],
  ])("that answers %i is %s", async (status, state) => {
    const peer = await startPeer({ status });
    await page(peer.url);
    await runOnce(db, delivering({ webhook: webhookSender({ allowPrivate }) }));
    expect((await deliveryStories(db))[0]?.steps.at(-1)).toBe(state);
  });

  test("inside the network is refused, for good", async () => {
    const peer = await startPeer({ status: 200 });
    await page(peer.url);
    await runOnce(db, delivering({ webhook: webhookSender({ allowPrivate: false }) }));
    expect(peer.received).toEqual([]);
    const [story] = await deliveryStories(db);
    expect(story?.steps).toEqual(["queued", "sending", "failed"]);
    expect(story?.last).toContain("private address");
  });
});

describe("Slack", () => {
  const page = (url: string) =>
    pageSomebody(db, [{ channel: "slack", address: `${url}/services/T/B/X` }], "<!channel> up");

  test("gets blocks that can't mention anybody", async () => {
    const peer = await startPeer({ status: 200, body: "ok" });
    await page(peer.url);
    await runOnce(db, delivering({ slack: slackSender({ allowPrivate, app: async () => null }) }));
    const message = JSON.parse(peer.received[0]?.body.toString() ?? "");
    expect(message.text).toContain("&lt;!channel&gt; up");
    expect(message.blocks.map(({ type }: { type: string }) => type)).toEqual([
      "header",
      "section",
      "section",
      "context",
    ]);
    expect((await deliveryStories(db))[0]?.steps).toEqual(["queued", "sending", "accepted"]);
  });

  test.each([
    [400, "invalid_payload", "failed", true],
    [404, "no_service", "failed", false],
    [410, "channel_is_archived", "failed", false],
    [403, "action_prohibited", "failed", true],
    [429, "rate_limited", "retrying", true],
    [500, "rollup_error", "retrying", true],
  ])("that answers %i %s: %s, contact method on: %s", async (status, body, state, enabled) => {
    const peer = await startPeer({ status, body });
    const { methods } = await page(peer.url);
    await runOnce(db, delivering({ slack: slackSender({ allowPrivate, app: async () => null }) }));
    expect((await deliveryStories(db))[0]?.steps.at(-1)).toBe(state);
    const [method] = await db
      .select()
      .from(contactMethods)
      .where(eq(contactMethods.id, methods[0]?.id ?? ""));
    expect(method?.enabled).toBe(enabled);
  });
});

describe("push", () => {
  const deliver = delivering({
    push: pushSender({ keys: () => loadPushKeys(db), subject: "https://ops.example.com", allowPrivate }),
  });

  async function page(url: string, subscriber = makePushSubscriber()) {
    const secret = encryptSecret(JSON.stringify(subscriber.keys), "contact-method");
    return pageSomebody(db, [{ channel: "push", address: `${url}/push/1`, secret }]);
  }

  test("arrives encrypted for the one browser, vouched for by this deployment", async () => {
    const peer = await startPeer({ status: 201 });
    const subscriber = makePushSubscriber();
    const { incidentId } = await page(peer.url, subscriber);
    await runOnce(db, deliver);
    const [received] = peer.received;
    expect(subscriber.decrypt(received?.body ?? Buffer.alloc(0))).toMatchObject({
      body: expect.stringMatching(/^Checkout 5xx above 4 %\nEscalates to Ben Ng in (30:00|29:5\d)$/),
      requireInteraction: true,
      oneTapPath: expect.stringMatching(/^\/a\/[\w-]+\.[\w-]+$/),
    });
    expect(received?.headers).toMatchObject({
      urgency: "high",
      topic: incidentId,
      "content-encoding": "aes128gcm",
      ttl: expect.stringMatching(/^3[56]\d\d$/),
    });
    const { claims, key } = await verifyVapid(String(received?.headers.authorization));
    expect(claims).toMatchObject({ aud: peer.url, sub: "https://ops.example.com" });
    expect(key).toBe((await loadPushKeys(db)).publicKey);
  });

  test("with keys that are none is not tried again", async () => {
    const subscriber = makePushSubscriber();
    await page("https://push.example", {
      ...subscriber,
      keys: { ...subscriber.keys, p256dh: "B".repeat(87) },
    });
    await runOnce(db, deliver);
    expect((await deliveryStories(db))[0]?.steps.at(-1)).toBe("failed");
  });

  test.each([404, 410])("to a subscription that is gone (%i) switches it off", async (status) => {
    const peer = await startPeer({ status });
    const { methods } = await page(peer.url);
    await runOnce(db, deliver);
    const [method] = await db
      .select()
      .from(contactMethods)
      .where(eq(contactMethods.id, methods[0]?.id ?? ""));
    expect(method).toMatchObject({ enabled: false, lastError: "The browser's subscription expired." });
  });

  test("to a service that is overloaded is tried again", async () => {
    const peer = await startPeer({ status: 429 });
    await page(peer.url);
    await runOnce(db, deliver);
    expect((await deliveryStories(db))[0]?.steps.at(-1)).toBe("retrying");
  });

  test("uses one key pair, even if two processes make it at once, and keeps its private half encrypted", async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => loadPushKeys(db)));
    expect(new Set(made.map(({ publicKey, privateKey }) => publicKey + privateKey)).size).toBe(1);
    const [row] = await db.select().from(settings);
    expect(JSON.stringify(row)).not.toContain(made[0]?.privateKey);
  });
});
