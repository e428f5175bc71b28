import { generateKeyPairSync } from "node:crypto";
import nodemailer from "nodemailer";
import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { inbox } from "#db/schema/events";
import { incidents, logEntries } from "#db/schema/incidents";
import { receivedMails } from "#db/schema/mail-in";
import { startMailReceiver } from "#lib/engine/mail-receiver";
import { answerMailsModule } from "#lib/engine/modules/answer-mails";
import { stopIntake } from "#lib/events/commands/intake";
import { handleIntake } from "#lib/http/intake/route";
import { createMailbox, updateMailbox } from "#lib/mail-in/commands/mailboxes";
import type { MailSettings } from "#lib/mail-in/mail-rules";
import { findMailbox } from "#lib/mail-in/queries/mailboxes";
import type { Mail } from "#lib/notifications/channels/mail-transport";
import { useDatabase } from "#lib/testing/database";
import { actAs } from "#lib/testing/factories";
import { runOnce, silent } from "#lib/testing/paging";
import { makeScene, tick } from "#lib/testing/scenario";

const { db } = await useDatabase();
const manager = actAs(db, { role: "manager" });
const DOMAIN = "pages.example.com";
const keys = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const RECORDS: Record<string, string> = {
  "one._domainkey.bets.test": `v=DKIM1; k=rsa; p=${keys.publicKey.replace(/-----[^-]+-----|\s/g, "")}`,
  "forbidding.test": "v=spf1 -all",
  "local.test": "v=spf1 ip4:127.0.0.1 -all",
};
/** The name servers of this test. */
async function resolver(name: string, type: string): Promise<string[][]> {
  const text = type === "TXT" ? RECORDS[name.toLowerCase()] : undefined;
  if (text === undefined) throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
  return [[text]];
}
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
  resolver,
});
const outside = nodemailer.createTransport({ host: "127.0.0.1", port: receiver.port, ignoreTLS: true });
afterAll(async () => {
  outside.close();
  await receiver.stop();
  await stopIntake();
});
beforeEach(() => {
  sent.length = 0;
});

let made = 0;
async function makeMailbox(changes: Partial<MailSettings> = {}, detectionSource?: "customer_report") {
  const { service } = await makeScene(db);
  made += 1;
  const localPart = `cx+service-${made}`;
  const { id, key } = await createMailbox(manager, { serviceId: service.id, name: "Customers", localPart });
  const mailbox = await findMailbox(manager, id);
  if (!mailbox) throw new Error("No mailbox was made.");
  await updateMailbox(manager, {
    integrationId: id,
    settings: { ...mailbox.settings, ...changes },
    ...(detectionSource ? { detectionSource } : {}),
  });
  const write = (letter: Parameters<typeof outside.sendMail>[0] = {}) =>
    outside.sendMail({
      from: "Ann of Customers <ann@bets.test>",
      to: `${localPart.toUpperCase()}@${DOMAIN}`,
      subject: "Bets can't be placed",
      text: "Since 18:00 nothing goes through.",
      ...letter,
    });
  const incidentOf = async () => {
    await tick(db);
    return db.select().from(incidents).where(eq(incidents.serviceId, service.id)).orderBy(incidents.number);
  };
  return { id, key, write, incidentOf };
}

describe("a mail to an integration", () => {
  test("opens an incident that customers saw first, tells its number, and takes replies as notes", async () => {
    const { write, incidentOf } = await makeMailbox({ autoAnswer: true }, "customer_report");
    const first = await write();
    const [incident] = await incidentOf();
    expect(incident).toMatchObject({
      title: "Bets can't be placed",
      status: "triggered",
      detectionSource: "customer_report",
    });
    const answers = answerMailsModule(transport, DOMAIN);
    await runOnce(db, answers);
    await runOnce(db, answers);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      to: "ann@bets.test",
      answers: first.messageId,
      text: expect.stringContaining(`incident #${incident?.number}`),
    });
    await write({
      subject: "Re: Bets can't be placed",
      text: "Also on the phone.\n\n> before",
      references: first.messageId,
    });
    expect(await incidentOf()).toHaveLength(1);
    const notes = await db
      .select({ note: logEntries.note, by: logEntries.actorName })
      .from(logEntries)
      .where(eq(logEntries.type, "annotate"));
    expect(notes).toEqual([{ note: "Also on the phone.", by: "ann@bets.test by mail" }]);
  });

  test("counts once however often it comes, and is stored before it is accepted", async () => {
    const { id, write, incidentOf } = await makeMailbox();
    const messageId = "<same@bets.test>";
    await write({ messageId });
    const stored = await db.select().from(inbox).where(eq(inbox.integrationId, id));
    expect(stored).toMatchObject([{ action: "trigger", raw: { from: "ann@bets.test" } }]);
    await write({ messageId });
    expect(await incidentOf()).toHaveLength(1);
    expect(await db.select().from(inbox).where(eq(inbox.integrationId, id))).toHaveLength(1);
  });

  test("is resolved by a rule, with values taken from its text", async () => {
    const parsers: MailSettings["parsers"] = (["trigger", "resolve"] as const).map((action) => ({
      action,
      when: { kind: "regex", field: "subject", value: action === "trigger" ? "failed$" : "recovered$" },
      key: { kind: "regex", field: "subject", regex: String.raw`job (\d+)` },
      values: [
        { name: "host", extract: { kind: "between", field: "body", startsAfter: "Host=", endsBefore: ";" } },
      ],
    }));
    const { id, write, incidentOf } = await makeMailbox({
      creation: "use_rules",
      fallback: "discard",
      parsers,
    });
    await write({ subject: "Job 42 failed", text: "Host=db-1;" });
    expect(await incidentOf()).toMatchObject([{ status: "triggered" }]);
    await write({ subject: "News of the week" });
    await write({ subject: "Job 42 recovered" });
    expect(await incidentOf()).toMatchObject([{ status: "resolved" }]);
    const [event] = await db.select().from(inbox).where(eq(inbox.integrationId, id)).orderBy(inbox.id);
    expect(event?.event).toMatchObject({ customDetails: { host: "db-1" }, dedupKey: "mail:42" });
    const mails = await findMailbox(manager, id);
    expect(mails?.mails.map(({ outcome }) => outcome)).toEqual([
      "resolve",
      "discarded: No rule reads it",
      "trigger",
    ]);
  });

  test("is refused from who is not allowed, whose domain forbids it, and without proof where that is asked for", async () => {
    const { id, write, incidentOf } = await makeMailbox({
      allowedSenders: ["bets.test", "forbidding.test", "local.test"],
      requireProof: true,
    });
    const refused = expect.objectContaining({ responseCode: 550 });
    await expect(write({ from: "eve@evil.test" })).rejects.toEqual(refused);
    await expect(write({ from: "eve@forbidding.test" })).rejects.toEqual(refused);
    await expect(write({ from: "ann@bets.test" })).rejects.toEqual(refused);
    expect(await incidentOf()).toEqual([]);
    await write({
      from: "ann@bets.test",
      dkim: { domainName: "bets.test", keySelector: "one", privateKey: keys.privateKey },
    });
    await write({ from: "ben@local.test", subject: "By SPF" });
    expect(await incidentOf()).toHaveLength(2);
    const mails = await findMailbox(manager, id);
    expect(mails?.mails.filter(({ outcome }) => outcome.startsWith("Refused"))).toHaveLength(2);
  });

  test("waits when one sender writes too much, and an unknown address is refused", async () => {
    const { id, write } = await makeMailbox();
    await write();
    await db.execute(`insert into received_mails (id, integration_id, message_id, sender, subject, received_at, outcome)
      select 'X' || n, '${id}', 'm' || n, 'ann@bets.test', '', now(), 'trigger' from generate_series(1, 60) n`);
    await expect(write()).rejects.toMatchObject({ responseCode: 451 });
    await expect(write({ to: `nobody@${DOMAIN}` })).rejects.toMatchObject({ responseCode: 550 });
    await db.delete(receivedMails);
  });

  test("may be posted by a hosted receiver, as it came", async () => {
    const { key, incidentOf } = await makeMailbox();
    const post = (body: string) =>
      handleIntake(new Request(`http://touchline.test/integrations/email/${key}`, { method: "POST", body }));
    const mail =
      "From: Ann <ann@bets.test>\r\nMessage-ID: <p1@bets.test>\r\nSubject: =?utf-8?q?W=C3=A4hrung?=\r\n\r\nHelp\r\n";
    expect((await post(mail)).status).toBe(202);
    expect(await incidentOf()).toMatchObject([{ title: "Währung" }]);
    expect((await post("{}")).status).toBe(400);
  });
});

test("refuses patterns that are no RE2, and addresses that are taken or kept for answers", async () => {
  const { id } = await makeMailbox();
  const mailbox = await findMailbox(manager, id);
  if (!mailbox) throw new Error("No mailbox was made.");
  const filters = [{ field: "subject" as const, mode: "match" as const, pattern: "(?=x)" }];
  const settings = { ...mailbox.settings, filters };
  await expect(updateMailbox(manager, { integrationId: id, settings })).rejects.toMatchObject({
    code: "invalid",
    fields: [{ field: "settings.filters.0.pattern" }],
  });
  await expect(updateMailbox(manager, { integrationId: id, localPart: "reply+x" })).rejects.toMatchObject({
    code: "invalid",
  });
  const { id: other } = await makeMailbox();
  await expect(
    updateMailbox(manager, { integrationId: other, localPart: mailbox.localPart }),
  ).rejects.toMatchObject({ code: "invalid" });
});
