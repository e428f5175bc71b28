import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { chatMessages } from "#db/schema/chat-messages";
import { incidents, logEntries } from "#db/schema/incidents";
import { contactMethods } from "#db/schema/people";
import { runChatMessages } from "#lib/engine/modules/chat-messages";
import { deliverModule } from "#lib/engine/modules/deliver";
import { mattermostRoute } from "#lib/http/chat/mattermost-route";
import { pushoverRoute } from "#lib/http/chat/pushover-route";
import { telegramRoute } from "#lib/http/chat/telegram-route";
import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { resolveIncidents } from "#lib/incidents/commands/resolve";
import { configuredSenders } from "#lib/notifications/channels/registry";
import { makeTelegramLink } from "#lib/notifications/commands/link-telegram";
import { markDelivery } from "#lib/notifications/commands/mark-delivery";
import { sendTestPage } from "#lib/notifications/commands/send-test-page";
import { makeChatApps } from "#lib/testing/chat-apps";
import { CHAT_SECRETS, startChatDouble } from "#lib/testing/chat-double";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeContactMethod, makeUser } from "#lib/testing/factories";
import { deliveryStories, pageSomebody, runOnce } from "#lib/testing/paging";
import { slackNote, slackPress, slackRequests } from "#lib/testing/slack-requests";

vi.stubEnv("ALLOW_PRIVATE_DESTINATIONS", "true");
const { db, moveTime, sql } = await useDatabase();
const double = await startChatDouble();
afterAll(double.stop);

beforeEach(async () => {
  await sql`truncate incidents, pages, services, escalation_policies, users, settings, channel_providers cascade`;
  double.conversation.length = 0;
  await makeChatApps(db, double.url);
});

const deliver = deliverModule(() => configuredSenders(db));
const statusOf = async (id: string) =>
  (await db.select({ status: incidents.status }).from(incidents).where(eq(incidents.id, id)))[0]?.status;
const lastEntry = async (incidentId: string, type: "acknowledge" | "annotate" | "resolve") => {
  const rows = await db.select().from(logEntries).where(eq(logEntries.incidentId, incidentId));
  return rows.filter((row) => row.type === type).at(-1);
};
const methodOf = async (id: string) =>
  (await db.select().from(contactMethods).where(eq(contactMethods.id, id)))[0];

const slack = slackRequests(db);

const press = (action: string, deliveryId: string, user?: string, team?: string) =>
  slackPress({ action, value: deliveryId, user, team, respondTo: `${double.url}/respond/1` });

async function pagedBySlack() {
  const paged = await pageSomebody(db, [{ channel: "slack", address: "U0MAYA" }], "<!channel> up");
  await runOnce(db, deliver);
  const [story] = await deliveryStories(db);
  return { ...paged, deliveryId: story?.delivery.id ?? "" };
}

describe("Slack", () => {
  test("brings the page as a message of the app, with buttons", async () => {
    const { deliveryId } = await pagedBySlack();
    const [message] = double.sent("chat.postMessage");
    expect(message).toMatchObject({ channel: "U0MAYA", unfurl_links: false });
    const buttons = message?.blocks.find(({ type }: { type: string }) => type === "actions").elements;
    expect(buttons.map(({ action_id: action, value }: Record<string, string>) => [action, value])).toEqual([
      ["acknowledge", deliveryId],
      ["resolve", deliveryId],
      ["note", deliveryId],
      ["open", undefined],
    ]);
    const [story] = await deliveryStories(db);
    expect(story?.delivery.providerId).toMatch(/^D0MAYA:\d+\.\d+$/);
  });

  test("acknowledges in the name of who pressed, and changes the message in place with every change", async () => {
    const { incidentId, deliveryId, maya, ben } = await pagedBySlack();
    expect((await slack(press("acknowledge", deliveryId))).status).toBe(200);
    expect(await statusOf(incidentId)).toBe("acknowledged");
    expect(await lastEntry(incidentId, "acknowledge")).toMatchObject({ actorId: maya.id, channel: "slack" });
    expect((await deliveryStories(db))[0]?.steps).toEqual(["queued", "sending", "accepted", "acted"]);

    await runOnce(db, runChatMessages);
    const [change] = double.sent("chat.update");
    expect(change).toMatchObject({ channel: "D0MAYA", ts: expect.stringMatching(/^1700/) });
    expect(JSON.stringify(change)).toContain("Acknowledged by Maya Rao at");
    expect(JSON.stringify(change)).not.toContain('"acknowledge"');

    await resolveIncidents(actAs(db, ben), { incidentIds: [incidentId] });
    await runOnce(db, runChatMessages);
    expect(JSON.stringify(double.sent("chat.update")[1])).toContain("Resolved by Ben Ng");
    expect((await runOnce(db, runChatMessages)).worked).toBe(0);
    expect(double.sent("chat.update")).toHaveLength(2);
  });

  test("opens a form for a note, and adds it", async () => {
    const { incidentId, deliveryId, maya } = await pagedBySlack();
    await slack(press("note", deliveryId));
    const [form] = double.sent("views.open");
    expect(form).toMatchObject({ trigger_id: "trigger", view: { private_metadata: deliveryId } });
    const submission = (text: string) => slackNote(deliveryId, text);
    const empty = await slack(submission("  "));
    expect(await empty.json()).toMatchObject({ response_action: "errors" });
    expect((await slack(submission("Rolled back"))).status).toBe(200);
    expect(await lastEntry(incidentId, "annotate")).toMatchObject({ note: "Rolled back", actorId: maya.id });
  });

  test("tells who is not linked so, privately, and changes nothing", async () => {
    const { incidentId, deliveryId } = await pagedBySlack();
    await slack(press("acknowledge", deliveryId, "U0STRANGER"));
    expect(await statusOf(incidentId)).toBe("triggered");
    const [whisper] = double.sent("/respond/");
    expect(whisper).toMatchObject({
      response_type: "ephemeral",
      text: expect.stringContaining("not linked"),
    });
  });

  test("doesn't let anybody make a colleague's clicks their own by typing in that colleague's id", async () => {
    const { incidentId, deliveryId } = await pagedBySlack();
    const mallory = await makeUser(db, { name: "Mallory" });
    await makeContactMethod(db, { userId: mallory.id, channel: "slack", address: "U0BEN", verifiedAt: null });
    await slack(press("resolve", deliveryId, "U0BEN"));
    expect(await statusOf(incidentId)).toBe("triggered");
  });

  test("lets a linked colleague act on it in their own name", async () => {
    const { incidentId, deliveryId, ben } = await pagedBySlack();
    await makeContactMethod(db, { userId: ben.id, channel: "slack", address: "U0BEN" });
    await slack(press("acknowledge", deliveryId, "U0BEN"));
    expect(await lastEntry(incidentId, "acknowledge")).toMatchObject({ actorId: ben.id });
    // Who was paged did not answer it.
    expect((await deliveryStories(db))[0]?.steps.at(-1)).toBe("accepted");
  });

  test("says what was refused to who pressed", async () => {
    const { incidentId, deliveryId, ben } = await pagedBySlack();
    await resolveIncidents(actAs(db, ben), { incidentIds: [incidentId] });
    await slack(press("resolve", deliveryId));
    expect(double.sent("/respond/")[0]?.text).toMatch(/^Not done, #\d+: .*resolved/);
  });

  test.each([
    ["signed by somebody else", { secret: "not the secret" }],
    ["six minutes old", { ageSeconds: 360 }],
    ["from the future", { ageSeconds: -360 }],
  ])("refuses a request that is %s", async (_, options) => {
    const { incidentId, deliveryId } = await pagedBySlack();
    expect((await slack(press("acknowledge", deliveryId), options)).status).toBe(401);
    expect(await statusOf(incidentId)).toBe("triggered");
  });

  test("refuses other workspaces", async () => {
    const { incidentId, deliveryId } = await pagedBySlack();
    expect((await slack(press("acknowledge", deliveryId, "U0MAYA", "T0OTHER"))).status).toBe(403);
    expect(await statusOf(incidentId)).toBe("triggered");
  });

  test("waits as long as Slack asks, and switches off a person who is gone", async () => {
    const { methods } = await pageSomebody(db, [{ channel: "slack", address: "U0MAYA" }]);
    double.answerNext(
      { status: 429, headers: { "retry-after": "30" }, body: { ok: false, error: "ratelimited" } },
      { status: 200, body: { ok: false, error: "user_disabled" } },
    );
    await runOnce(db, deliver);
    await moveTime({ seconds: 15 });
    await runOnce(db, deliver);
    expect(double.sent("chat.postMessage")).toHaveLength(1);
    await moveTime({ seconds: 20 });
    await runOnce(db, deliver);
    expect((await deliveryStories(db))[0]?.steps).toEqual([
      "queued",
      "sending",
      "retrying",
      "sending",
      "failed",
    ]);
    expect(await methodOf(methods[0]?.id ?? "")).toMatchObject({
      enabled: false,
      lastError: expect.stringContaining("deactivated"),
    });
  });

  test("tries to change the message again after a failure, and gives up on one that is gone", async () => {
    const { incidentId } = await pagedBySlack();
    await acknowledgeIncident(actAs(db), { incidentId });
    double.answerNext(
      { status: 503, body: "" },
      { status: 200, body: { ok: false, error: "message_not_found" } },
    );
    await runOnce(db, runChatMessages);
    expect((await runOnce(db, runChatMessages)).worked).toBe(0);
    await moveTime({ seconds: 10 });
    expect((await runOnce(db, runChatMessages)).worked).toBe(1);
    await moveTime({ minutes: 5 });
    expect((await runOnce(db, runChatMessages)).worked).toBe(0);
  });
});

describe("Telegram", () => {
  const telegram = async (update: object, secret: string = CHAT_SECRETS.telegramWebhook) => {
    const headers = { "content-type": "application/json", "x-telegram-bot-api-secret-token": secret };
    const request = new Request("http://localhost/api/chat/telegram", {
      method: "POST",
      body: JSON.stringify(update),
      headers,
    });
    const response = await telegramRoute(request, db);
    return { status: response.status, said: await response.json().catch(() => null) };
  };
  const start = (code: string, chat = 42) => ({
    message: {
      from: { id: chat, username: "maya" },
      chat: { id: chat, type: "private" },
      text: `/start ${code}`,
    },
  });
  const tap = (data: string, from = 42) => ({ callback_query: { id: "q1", from: { id: from }, data } });

  test("links a person by the code of their link, once", async () => {
    const maya = await makeUser(db, { name: "Maya Rao" });
    const { url } = await makeTelegramLink(actAs(db, maya));
    const code = new URL(url).searchParams.get("start") ?? "";
    expect(code).toMatch(/^[\w-]{1,64}$/);
    expect((await telegram(start(code))).said).toMatchObject({
      method: "sendMessage",
      text: expect.stringContaining("Maya Rao"),
    });
    const [method] = await db.select().from(contactMethods).where(eq(contactMethods.userId, maya.id));
    expect(method).toMatchObject({
      channel: "telegram",
      address: "42",
      verifiedAt: expect.any(Date),
      label: "Telegram @maya",
    });
    expect((await telegram(start(code, 43))).said.text).toContain("not good any more");
    expect(await db.select().from(contactMethods)).toHaveLength(1);
  });

  test("doesn't take a code after 15 minutes, or one that was altered", async () => {
    const maya = await makeUser(db);
    const { url } = await makeTelegramLink(actAs(db, maya));
    const code = new URL(url).searchParams.get("start") ?? "";
    await telegram(start(`${code.slice(0, -1)}${code.endsWith("A") ? "B" : "A"}`));
    await moveTime({ minutes: 16 });
    await telegram(start(code));
    expect(await db.select().from(contactMethods)).toHaveLength(0);
  });

  async function pagedByTelegram() {
    const paged = await pageSomebody(db, [{ channel: "telegram", address: "42" }], "<b>5xx</b>");
    await runOnce(db, deliver);
    const [story] = await deliveryStories(db);
    return { ...paged, deliveryId: story?.delivery.id ?? "" };
  }

  test("acknowledges by a button, answers the tap, and edits the message", async () => {
    const { incidentId, deliveryId, maya } = await pagedByTelegram();
    expect(double.sent("sendMessage")[0]).toMatchObject({
      chat_id: "42",
      text: expect.stringContaining("&lt;b&gt;5xx"),
    });
    const { said } = await telegram(tap(`acknowledge:${deliveryId}`));
    expect(said).toMatchObject({
      method: "answerCallbackQuery",
      callback_query_id: "q1",
      text: expect.stringMatching(/^Acknowledged #\d+ at \d\d:\d\d:\d\d/),
      show_alert: false,
    });
    expect(await lastEntry(incidentId, "acknowledge")).toMatchObject({
      actorId: maya.id,
      channel: "telegram",
    });
    await runOnce(db, runChatMessages);
    expect(double.sent("editMessageText")[0]).toMatchObject({
      chat_id: "42",
      text: expect.stringContaining("Acknowledged by Maya Rao"),
    });
  });

  test("does nothing for another account, or without the secret token", async () => {
    const { incidentId, deliveryId } = await pagedByTelegram();
    expect((await telegram(tap(`acknowledge:${deliveryId}`, 99))).said).toMatchObject({ show_alert: true });
    expect((await telegram(tap(`acknowledge:${deliveryId}`), "wrong")).status).toBe(401);
    expect(await statusOf(incidentId)).toBe("triggered");
  });

  test("that was blocked is switched off", async () => {
    const { methods } = await pageSomebody(db, [{ channel: "telegram", address: "42" }]);
    double.answerNext({
      status: 403,
      body: { ok: false, error_code: 403, description: "Forbidden: bot was blocked by the user" },
    });
    await runOnce(db, deliver);
    expect((await methodOf(methods[0]?.id ?? ""))?.enabled).toBe(false);
  });
});

describe("Pushover", () => {
  const callback = async (token: string, fields: Record<string, string>) =>
    pushoverRoute(
      new Request("http://localhost", { method: "POST", body: new URLSearchParams(fields) }),
      token,
      db,
    );

  test("rings until it is acknowledged in the app, which acknowledges here", async () => {
    const { incidentId, maya } = await pageSomebody(db, [{ channel: "pushover", address: "user-key" }]);
    await runOnce(db, deliver);
    const [message] = double.sent("messages.json");
    expect(message).toMatchObject({ user: "user-key", priority: "2", retry: "60" });
    const token = String(message?.callback).split("/").pop() ?? "";
    expect((await callback(token, { receipt: "r", acknowledged: "1" })).status).toBe(204);
    expect(await lastEntry(incidentId, "acknowledge")).toMatchObject({
      actorId: maya.id,
      channel: "pushover",
    });
    expect((await callback(`${token}x`, { acknowledged: "1" })).status).toBe(410);
  });

  test("stops ringing when somebody acknowledged elsewhere", async () => {
    const { incidentId } = await pageSomebody(db, [{ channel: "pushover", address: "user-key" }]);
    await runOnce(db, deliver);
    await acknowledgeIncident(actAs(db), { incidentId });
    await runOnce(db, runChatMessages);
    expect(double.conversation.at(-1)?.request.path).toMatch(
      /^\/pushover\/1\/receipts\/receipt\d+\/cancel\.json$/,
    );
  });
});

describe("Mattermost", () => {
  test("acknowledges by a button, and the message says so", async () => {
    const { incidentId } = await pageSomebody(db, [
      { channel: "mattermost", address: `${double.url}/mattermost/hooks/x` },
    ]);
    await runOnce(db, deliver);
    const [message] = double.sent("/mattermost/hooks/x");
    const { context } = message?.attachments[0].actions[0].integration ?? {};
    const body = JSON.stringify({ user_id: "somebody", context });
    const response = await mattermostRoute(new Request("http://localhost", { method: "POST", body }), db);
    expect(await response.json()).toMatchObject({
      update: { message: expect.stringContaining("Acknowledged") },
    });
    expect(await statusOf(incidentId)).toBe("acknowledged");
    const forged = JSON.stringify({ context: { ...context, token: `${context.token}x` } });
    const refused = await mattermostRoute(
      new Request("http://localhost", { method: "POST", body: forged }),
      db,
    );
    expect(await refused.json()).toMatchObject({ ephemeral_text: expect.stringContaining("expired") });
  });
});

describe("Discord", () => {
  test("is waited for, mentions nobody, and is edited in place", async () => {
    const address = `${double.url}/discord/api/webhooks/1/token`;
    const { incidentId } = await pageSomebody(db, [{ channel: "discord", address }], "@everyone up");
    await runOnce(db, deliver);
    expect(double.conversation[0]?.request.path).toContain("?wait=true&with_components=true");
    expect(double.sent("/discord/")[0]).toMatchObject({ allowed_mentions: { parse: [] } });
    await acknowledgeIncident(actAs(db), { incidentId });
    await runOnce(db, runChatMessages);
    expect(double.conversation[1]?.request).toMatchObject({
      method: "PATCH",
      path: expect.stringMatching(/^\/discord\/api\/webhooks\/1\/token\/messages\/\d+\?/),
    });
  });
});

test("a message that is answered before its sending is recorded is changed in place all the same", async () => {
  const address = `${double.url}/discord/api/webhooks/1/token`;
  const { incidentId } = await pageSomebody(db, [{ channel: "discord", address }]);
  const [story] = await deliveryStories(db);
  const { discord, ...others } = configuredSenders(db);
  if (!discord || !story) throw new Error("Nothing would be sent.");
  const answeredAtOnce: typeof discord = {
    ...discord,
    send: async (...page) => {
      const result = await discord.send(...page);
      await acknowledgeIncident(actAs(db), { incidentId });
      await markDelivery(actAs(db), {
        deliveryId: story.delivery.id,
        state: "acted",
        detail: "Acknowledged.",
      });
      return result;
    },
  };
  await runOnce(
    db,
    deliverModule(() => ({ ...others, discord: answeredAtOnce })),
  );
  await runOnce(db, runChatMessages);
  expect(double.conversation.map(({ request }) => request.method)).toEqual(["POST", "PATCH"]);
});

describe.each([
  ["teams", "/teams/workflow", "application/vnd.microsoft.card.adaptive"],
  ["google_chat", "/chat/v1/spaces/S/messages?key=k&token=t", "cardsV2"],
  ["ntfy", "/ntfy/maya", '"topic":"maya"'],
] as const)("%s", (channel, path, mark) => {
  test("takes the page", async () => {
    await pageSomebody(db, [{ channel, address: `${double.url}${path}` }]);
    await runOnce(db, deliver);
    expect(double.conversation[0]?.request.body).toContain(mark);
    expect((await deliveryStories(db))[0]?.steps).toEqual(["queued", "sending", "accepted"]);
  });
});

test("a test over a channel can be confirmed, which verifies the account", async () => {
  const maya = await makeUser(db);
  const method = await makeContactMethod(db, {
    userId: maya.id,
    channel: "slack",
    address: "U0MAYA",
    verifiedAt: null,
  });
  await sendTestPage(actAs(db, maya), { contactMethodId: method.id });
  await runOnce(db, deliver);
  const [story] = await deliveryStories(db);
  await slack(press("confirm", story?.delivery.id ?? ""));
  expect((await methodOf(method.id))?.verifiedAt).toBeInstanceOf(Date);
  expect(double.sent("/respond/")[0]?.text).toContain("can reach you here");
  expect(await db.select().from(chatMessages)).toHaveLength(0);
});
