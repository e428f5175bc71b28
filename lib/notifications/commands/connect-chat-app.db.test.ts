import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { channelProviders } from "#db/schema/channel-providers";
import { addContactMethod } from "#lib/notifications/commands/add-contact-method";
import { connectChatApp } from "#lib/notifications/commands/connect-chat-app";
import { loadSlackApp, loadTelegramBot } from "#lib/notifications/queries/chat-apps";
import { contactMethods } from "#db/schema/people";
import { CHAT_SECRETS, startChatDouble } from "#lib/testing/chat-double";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeUser } from "#lib/testing/factories";

vi.stubEnv("ALLOW_PRIVATE_DESTINATIONS", "true");
const { db, sql } = await useDatabase();
const double = await startChatDouble();
afterAll(double.stop);

beforeEach(async () => {
  await sql`truncate users, channel_providers cascade`;
  double.conversation.length = 0;
});

const slack = (botToken: string = CHAT_SECRETS.slackToken) =>
  connectChatApp(actAs(db), {
    kind: "slack",
    botToken,
    signingSecret: CHAT_SECRETS.slackSigning,
    baseUrl: `${double.url}/slack`,
  });

describe("connectChatApp", () => {
  test("asks Slack whose token it is, keeps it encrypted, and replaces what was there", async () => {
    const first = await slack();
    expect(await slack()).toEqual(first);
    expect(await loadSlackApp(db)).toMatchObject({
      teamId: CHAT_SECRETS.slackTeam,
      botToken: CHAT_SECRETS.slackToken,
    });
    const rows = await db.select().from(channelProviders);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(CHAT_SECRETS.slackToken);
  });

  test("names the field that the provider refused, and stores nothing", async () => {
    await expect(slack("xoxb-wrong")).rejects.toMatchObject({
      code: "invalid",
      fields: [{ field: "botToken", message: expect.stringContaining("invalid_auth") }],
    });
    expect(await db.select().from(channelProviders)).toEqual([]);
  });

  test("tells Telegram where its answers go, under a secret of their own", async () => {
    const { name } = await connectChatApp(actAs(db), {
      kind: "telegram",
      token: CHAT_SECRETS.telegramToken,
      baseUrl: `${double.url}/telegram`,
    });
    expect(name).toBe("@touchline_bot");
    const bot = await loadTelegramBot(db);
    expect(double.sent("setWebhook")[0]).toMatchObject({
      url: expect.stringMatching(/\/api\/chat\/telegram$/),
      secret_token: bot?.webhookSecret,
      allowed_updates: ["message", "callback_query"],
    });
  });

  test("takes no settings from who may not manage the organisation", async () => {
    const responder = await makeUser(db);
    await expect(
      connectChatApp(actAs(db, responder), { kind: "pushover", token: "x" }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("a Slack member", () => {
  const add = async (userId: string, address: string) => {
    await addContactMethod(actAs(db), { userId, channel: "slack", label: "Slack", address });
    return (await db.select().from(contactMethods))[0];
  };

  test("is found by the account's own e-mail address, and verified by that", async () => {
    await slack();
    const maya = await makeUser(db, { email: "maya@example.com" });
    expect(await add(maya.id, "Maya@example.com")).toMatchObject({
      address: "U0MAYA",
      verifiedAt: expect.any(Date),
    });
  });

  test("that is typed in, or found by another address, has yet to answer a test", async () => {
    await slack();
    const ben = await makeUser(db, { email: "ben@example.com" });
    expect(await add(ben.id, "maya@example.com")).toMatchObject({ address: "U0MAYA", verifiedAt: null });
  });

  test("that nobody is, or without an app, is refused at the field", async () => {
    const maya = await makeUser(db);
    await expect(add(maya.id, "U0MAYA")).rejects.toMatchObject({ fields: [{ field: "address" }] });
    await slack();
    await expect(add(maya.id, "maya@elsewhere.example")).rejects.toMatchObject({
      fields: [{ field: "address", message: expect.stringContaining("Nobody in the Slack workspace") }],
    });
  });
});
