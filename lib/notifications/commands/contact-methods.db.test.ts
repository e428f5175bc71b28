import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { auditRecords } from "#db/schema/organisation";
import { contactMethods } from "#db/schema/people";
import { decryptSecret } from "#lib/crypto/secret";
import { readWebhookSecret } from "#lib/notifications/channels/webhook";
import { addContactMethod } from "#lib/notifications/commands/add-contact-method";
import { removeContactMethod } from "#lib/notifications/commands/remove-contact-method";
import { savePushSubscription } from "#lib/notifications/commands/save-push-subscription";
import { sendTestPage } from "#lib/notifications/commands/send-test-page";
import { setNotificationRules } from "#lib/notifications/commands/set-notification-rules";
import { updateContactMethod } from "#lib/notifications/commands/update-contact-method";
import { searchNotificationLog } from "#lib/notifications/queries/deliveries";
import { readNotificationSettings } from "#lib/notifications/queries/settings";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeContactMethod, makeUser } from "#lib/testing/factories";
import { deliveryStories, delivering, pageSomebody, recorder, runOnce } from "#lib/testing/paging";
import { makePushSubscriber } from "#lib/testing/push-subscriber";

const { db, sql } = await useDatabase();

beforeEach(async () => {
  await sql`truncate incidents, pages, services, escalation_policies, users cascade`;
});

describe("addContactMethod", () => {
  test("keeps a webhook's signing secret encrypted and shows it once", async () => {
    const maya = await makeUser(db);
    const made = await addContactMethod(actAs(db, maya), {
      userId: maya.id,
      channel: "webhook",
      label: "Pager",
      address: "https://example.com/hook?token=hidden",
    });
    const [row] = await db.select().from(contactMethods).where(eq(contactMethods.id, made.id));
    expect(row?.secret).not.toContain(made.signingSecret);
    const secret = readWebhookSecret(decryptSecret(row?.secret ?? "", "contact-method"));
    expect(secret).toEqual({ signing: made.signingSecret, headers: {}, template: null });
    const records = await db.select().from(auditRecords).where(eq(auditRecords.objectId, made.id));
    expect(records).toHaveLength(1);
    expect(JSON.stringify(records)).not.toContain("hidden");
  });

  test("refuses what can't work, naming the field", async () => {
    const maya = await makeUser(db);
    const ctx = actAs(db, maya);
    const add = (values: object) =>
      addContactMethod(ctx, { userId: maya.id, label: "x", ...values } as never);
    await expect(add({ channel: "email", address: "nobody" })).rejects.toMatchObject({
      fields: [{ field: "address" }],
    });
    await expect(add({ channel: "phone", address: "+4930" })).rejects.toMatchObject({
      fields: [{ field: "channel" }],
    });
    await expect(add({ channel: "slack", address: "http://hooks.slack.com/x" })).rejects.toMatchObject({
      fields: [{ field: "address", message: "must begin with https://" }],
    });
    await add({ channel: "email", address: "maya@example.com" });
    await expect(add({ channel: "email", address: "maya@example.com" })).rejects.toMatchObject({
      fields: [{ field: "address", message: "has already been taken" }],
    });
  });

  test("is for oneself, or for who manages people", async () => {
    const [maya, ben] = [await makeUser(db), await makeUser(db)];
    const input = { userId: maya.id, channel: "email" as const, label: "x", address: "maya@example.com" };
    await expect(addContactMethod(actAs(db, ben), input)).rejects.toMatchObject({ code: "forbidden" });
    await addContactMethod(actAs(db, { role: "admin" }), input);
    const method = await makeContactMethod(db, { userId: maya.id });
    const ctx = actAs(db, ben);
    await expect(removeContactMethod(ctx, { contactMethodId: method.id })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(sendTestPage(ctx, { contactMethodId: method.id })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      updateContactMethod(ctx, { contactMethodId: method.id, enabled: false }),
    ).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("removeContactMethod", () => {
  test("ends what waits for it; the account's address takes over", async () => {
    const { maya, methods } = await pageSomebody(db, [{ channel: "webhook", delayMinutes: 5 }]);
    await removeContactMethod(actAs(db, maya), { contactMethodId: methods[0]!.id });
    const mail = recorder("email");
    await runOnce(db, delivering({ email: mail.sender }));
    expect((await deliveryStories(db)).map(({ channel, steps }) => [channel, ...steps])).toEqual([
      ["webhook", "queued", "failed"],
      ["email", "queued", "sending", "accepted"],
    ]);
    expect(mail.sent[0]?.destination.address).toBe(maya.email);
  });
});

describe("setNotificationRules", () => {
  test("replaces the rules of one urgency", async () => {
    const maya = await makeUser(db);
    const method = await makeContactMethod(db, { userId: maya.id });
    const ctx = actAs(db, maya);
    const set = (urgency: "high" | "low", ...delays: number[]) =>
      setNotificationRules(ctx, {
        userId: maya.id,
        urgency,
        rules: delays.map((delayMinutes) => ({ contactMethodId: method.id, delayMinutes })),
      });
    await set("high", 0, 5);
    await set("low", 30);
    await set("high", 1);
    const { rules } = await readNotificationSettings(ctx, { userId: maya.id });
    expect(rules.map(({ urgency, delayMinutes }) => `${urgency} ${delayMinutes}`)).toEqual([
      "high 1",
      "low 30",
    ]);
    await expect(set("high", 3, 3)).rejects.toMatchObject({ fields: [{ field: "rules.1" }] });
    const foreign = await makeContactMethod(db, { userId: (await makeUser(db)).id });
    await expect(
      setNotificationRules(ctx, {
        userId: maya.id,
        urgency: "high",
        rules: [{ contactMethodId: foreign.id, delayMinutes: 0 }],
      }),
    ).rejects.toMatchObject({ fields: [{ field: "rules.0.contactMethodId" }] });
  });
});

describe("setNotificationRules again", () => {
  async function begin() {
    const maya = await makeUser(db);
    const method = await makeContactMethod(db, { userId: maya.id });
    const ctx = actAs(db, maya);
    const set = (...delays: number[]) =>
      setNotificationRules(ctx, {
        userId: maya.id,
        urgency: "high",
        rules: delays.map((delayMinutes) => ({ contactMethodId: method.id, delayMinutes })),
      });
    const rules = async () => (await readNotificationSettings(ctx, { userId: maya.id })).rules;
    return { maya, set, rules };
  }

  test("keeps the ids of rules that stay, and writes nothing where all stay", async () => {
    const { maya, set, rules } = await begin();
    await set(0, 5);
    const [first] = await rules();
    await set(10, 0);
    const after = await rules();
    expect(after.map(({ delayMinutes }) => delayMinutes)).toEqual([0, 10]);
    expect(after[0]?.id).toBe(first?.id);
    await set(0, 10);
    expect(await rules()).toEqual(after);
    const records = await db.select().from(auditRecords).where(eq(auditRecords.objectId, maya.id));
    expect(records).toHaveLength(2);
  });

  test("twice at once leaves what one of the two asked for", async () => {
    const { set, rules } = await begin();
    await set(0);
    await Promise.all([set(0, 5), set(5, 7)]);
    const delays = (await rules()).map(({ delayMinutes }) => delayMinutes);
    expect([
      [0, 5],
      [5, 7],
    ]).toContainEqual(delays);
  });
});

describe("savePushSubscription", () => {
  test("renews the same browser, and takes it from whoever used it before", async () => {
    const [maya, ben] = [await makeUser(db), await makeUser(db)];
    const subscription = {
      endpoint: "https://push.example.com/1",
      keys: makePushSubscriber().keys,
      label: "Phone",
    };
    const first = await savePushSubscription(actAs(db, maya), subscription);
    await db.update(contactMethods).set({ enabled: false, lastError: "expired" });
    const renewed = await savePushSubscription(actAs(db, maya), {
      ...subscription,
      keys: makePushSubscriber().keys,
    });
    expect(renewed).toEqual(first);
    expect(await db.select().from(contactMethods)).toMatchObject([
      { enabled: true, lastError: null, userId: maya.id },
    ]);
    await Promise.all([
      savePushSubscription(actAs(db, ben), subscription),
      savePushSubscription(actAs(db, ben), subscription),
    ]);
    expect(await db.select().from(contactMethods)).toMatchObject([{ userId: ben.id }]);
  });
});

test("whoever loses their browser to somebody else is told, and what waited for it there ends", async () => {
  const endpoint = "https://push.example.com/noc";
  const { maya } = await pageSomebody(db, [{ channel: "push", address: endpoint }]);
  const ben = await makeUser(db);
  await savePushSubscription(actAs(db, ben), {
    endpoint,
    keys: makePushSubscriber().keys,
    label: "NOC desk",
  });
  expect((await deliveryStories(db))[0]?.steps.at(-1)).toBe("failed");
  const told =
    await sql`select reason, notice->>'title' as title from pages where user_id = ${maya.id} and incident_id is null`;
  expect(told).toMatchObject([
    { reason: "digest", title: expect.stringContaining("doesn't reach you any more") },
  ]);
  const records = await sql`
    select before from audit_records where object_type = 'contact_method' and after->>'takenOverBy' = ${ben.id}`;
  expect(records).toMatchObject([{ before: { userId: maya.id, channel: "push" } }]);
});

describe("the notification log", () => {
  test("finds why somebody was paged, page by page, with masked addresses", async () => {
    const scenes = [];
    for (let index = 0; index < 3; index += 1) {
      scenes.push(await pageSomebody(db, [{ channel: "email" }, { channel: "webhook", delayMinutes: 5 }]));
    }
    const mail = recorder("email");
    await runOnce(db, delivering({ email: mail.sender }));
    const ctx = actAs(db, { role: "stakeholder" });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await searchNotificationLog(ctx, {
        limit: 4,
        ...(cursor === undefined ? {} : { cursor }),
      });
      seen.push(...page.deliveries.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(6);
    const { deliveries } = await searchNotificationLog(ctx, {
      userId: scenes[0]!.maya.id,
      state: "accepted",
    });
    expect(deliveries).toMatchObject([
      { channel: "email", user: { name: "Maya Rao" }, incident: { id: scenes[0]!.incidentId } },
    ]);
    expect(deliveries[0]?.address).toMatch(/^q…@example\.com$/);
    expect(
      (await searchNotificationLog(ctx, { channel: "webhook", incidentId: scenes[1]!.incidentId }))
        .deliveries,
    ).toHaveLength(1);
    await expect(searchNotificationLog(ctx, { cursor: "x" })).rejects.toMatchObject({ code: "invalid" });
  });
});
