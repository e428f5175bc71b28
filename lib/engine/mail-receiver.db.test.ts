import { once } from "node:events";
import { connect } from "node:net";
import nodemailer from "nodemailer";
import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { incidents, logEntries } from "#db/schema/incidents";
import { contactMethods } from "#db/schema/people";
import { signReplyAddress } from "#lib/crypto/reply-address";
import { startMailReceiver } from "#lib/engine/mail-receiver";
import { emailSender } from "#lib/notifications/channels/email";
import type { Mail } from "#lib/notifications/channels/mail-transport";
import { useDatabase } from "#lib/testing/database";
import { deliveryStories, delivering, pageSomebody, runOnce, silent } from "#lib/testing/paging";

const { db, moveTime, sql } = await useDatabase();
const DOMAIN = "pages.example.com";
const sent: Mail[] = [];
const transport = {
  async send(mail: Mail) {
    sent.push(mail);
    return { kind: "accepted" as const, providerId: "1", detail: "taken" };
  },
};
const receiver = await startMailReceiver({
  db,
  log: silent,
  transport,
  host: "127.0.0.1",
  port: 0,
  domain: DOMAIN,
});
const outside = nodemailer.createTransport({ host: "127.0.0.1", port: receiver.port, ignoreTLS: true });
afterAll(async () => {
  outside.close();
  await receiver.stop();
});

beforeEach(async () => {
  await sql`truncate incidents, pages, services, escalation_policies, users, settings cascade`;
  sent.length = 0;
});

async function pagedByMail() {
  const paged = await pageSomebody(db, [{ channel: "email", address: "maya@example.com" }]);
  await runOnce(db, delivering({ email: emailSender(transport, DOMAIN) }));
  const [page] = sent.splice(0);
  if (!page) throw new Error("No mail was sent.");
  return { ...paged, page };
}

type Letter = Parameters<typeof outside.sendMail>[0];
const reply = (page: Mail, text: string, letter: Letter = {}) =>
  outside.sendMail({
    from: "Maya <maya@example.com>",
    to: page.replyTo,
    subject: `Re: ${page.subject}`,
    text,
    ...letter,
  });

const statusOf = async (id: string) =>
  (await db.select({ status: incidents.status }).from(incidents).where(eq(incidents.id, id)))[0]?.status;

test("one host that holds its connections open leaves room for others", async () => {
  const sockets = Array.from({ length: 21 }, () => connect(receiver.port, "127.0.0.1"));
  try {
    const greetings = await Promise.all(
      sockets.map(async (socket) => String((await once(socket, "data"))[0]).slice(0, 3)),
    );
    expect(greetings.filter((code) => code === "220")).toHaveLength(20);
    expect(greetings.filter((code) => code === "421")).toHaveLength(1);
  } finally {
    await Promise.all(
      sockets.map((socket) => {
        socket.destroy();
        return once(socket, "close");
      }),
    );
  }
  const { page } = await pagedByMail();
  await expect
    .poll(() =>
      reply(page, "ack").then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
});

describe("a reply to a page", () => {
  test("acts as the person, who is told what came of it", async () => {
    const { incidentId, page, maya } = await pagedByMail();
    expect(page.text).toContain("Or reply to this mail: ack");
    await reply(page, `Ack\n\nOn Sun, 22 Nov 2026 at 04:14, Touchline wrote:\n> resolve`);
    expect(await statusOf(incidentId)).toBe("acknowledged");
    const entries = await db.select().from(logEntries).where(eq(logEntries.incidentId, incidentId));
    expect(entries.find(({ type }) => type === "acknowledge")).toMatchObject({
      actorId: maya.id,
      channel: "email",
    });
    expect((await deliveryStories(db))[0]?.steps.at(-1)).toBe("acted");
    expect(sent).toMatchObject([
      { to: "maya@example.com", isAnswer: true, text: expect.stringMatching(/^Acknowledged #\d+ at/) },
    ]);
    expect(sent[0]?.replyTo).toBeUndefined();
  });

  test("adds a note once, however often it comes", async () => {
    const { incidentId, page } = await pagedByMail();
    await reply(page, "note rolled back to 4.2");
    await reply(page, "note rolled back to 4.2");
    const entries = await db.select().from(logEntries).where(eq(logEntries.incidentId, incidentId));
    expect(entries.filter(({ type }) => type === "annotate").map(({ note }) => note)).toEqual([
      "rolled back to 4.2",
    ]);
  });

  test("that says nothing we know changes nothing, and is answered with what would", async () => {
    const { incidentId, page } = await pagedByMail();
    await reply(page, "I am looking into it");
    expect(await statusOf(incidentId)).toBe("triggered");
    expect(sent[0]?.text).toContain("Nothing was changed");
  });

  test.each<[string, Letter]>([
    ["an out-of-office note", { headers: { "Auto-Submitted": "auto-replied" } }],
    ["a bulk answer", { headers: { Precedence: "bulk" } }],
    ["a notification without return path", { envelope: { from: "", to: "" } }],
  ])("from a program never acts, and is not answered: %s", async (_, letter) => {
    const { incidentId, page } = await pagedByMail();
    const envelope = letter.envelope ? { envelope: { from: "", to: page.replyTo ?? "" } } : {};
    await reply(page, "OK, ack", { ...letter, ...envelope });
    expect(await statusOf(incidentId)).toBe("triggered");
    expect(sent).toEqual([]);
  });

  test("is too late after a week", async () => {
    const { incidentId, page } = await pagedByMail();
    await moveTime({ days: 8 });
    await reply(page, "ack");
    expect(await statusOf(incidentId)).toBe("triggered");
  });

  test("goes nowhere but to an address that we made", async () => {
    const { page, incidentId } = await pagedByMail();
    const other = page.replyTo?.replace(DOMAIN, "elsewhere.example") ?? "";
    await expect(reply({ ...page, replyTo: other }, "ack")).rejects.toMatchObject({ responseCode: 550 });
    await expect(reply({ ...page, replyTo: `maya@${DOMAIN}` }, "ack")).rejects.toMatchObject({
      responseCode: 550,
    });
    const forged = signReplyAddress({ kind: "reply", deliveryId: "QAAAAAAAAAAAAA" }).replace(/.$/, "x");
    await expect(reply({ ...page, replyTo: `${forged}@${DOMAIN}` }, "ack")).rejects.toMatchObject({
      responseCode: 550,
    });
    expect(await statusOf(incidentId)).toBe("triggered");
  });
});

describe("a mail that comes back", () => {
  const bounce = (page: Mail, action: string, status: string) =>
    outside.sendMail({
      envelope: { from: "", to: page.bounceTo ?? "" },
      raw: [
        "From: MAILER-DAEMON@mx.example.com",
        `To: ${page.bounceTo}`,
        "Subject: Undelivered Mail Returned to Sender",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        "MIME-Version: 1.0",
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "ack? no: this is the mail system.",
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example.com",
        "",
        "Final-Recipient: rfc822; maya@example.com",
        `Action: ${action}`,
        `Status: ${status}`,
        "Diagnostic-Code: smtp; 550 5.1.1 no such user",
        "",
        "--b--",
        "",
      ].join("\r\n"),
    });

  test("fails its send and switches the address off", async () => {
    const { page, methods } = await pagedByMail();
    await bounce(page, "failed", "5.1.1");
    const [story] = await deliveryStories(db);
    expect(story?.steps.slice(0, 4)).toEqual(["queued", "sending", "accepted", "failed"]);
    expect(story?.delivery.lastError).toContain("no such user");
    const [method] = await db
      .select()
      .from(contactMethods)
      .where(eq(contactMethods.id, methods[0]?.id ?? ""));
    expect(method?.enabled).toBe(false);
  });

  test("later than usual is still on its way", async () => {
    const { page } = await pagedByMail();
    await bounce(page, "delayed", "4.4.1");
    expect((await deliveryStories(db))[0]?.steps.at(-1)).toBe("accepted");
  });
});
