import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { incidents, logEntries } from "#db/schema/incidents";
import { deliveries, pages } from "#db/schema/notifications";
import { outbox } from "#db/schema/organisation";
import { contactMethods } from "#db/schema/people";
import { inTransaction } from "#lib/context";
import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { outboxTransport } from "#lib/notifications/channels/mail-transport";
import { emailSender } from "#lib/notifications/channels/email";
import { metrics } from "#lib/metrics";
import { cancelPages } from "#lib/notifications/commands/cancel-pages";
import { claimDeliveries } from "#lib/notifications/commands/claim-deliveries";
import { createPages } from "#lib/notifications/commands/create-pages";
import { recordDelivery } from "#lib/notifications/commands/record-delivery";
import { listIncidentDeliveries } from "#lib/notifications/queries/deliveries";
import { listOutboxMessages, readOutboxMessage } from "#lib/notifications/queries/outbox";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeUser } from "#lib/testing/factories";
import { accept, deliveryStories, delivering, pageSomebody, recorder, runOnce } from "#lib/testing/paging";

const { db, moveTime, now, sql } = await useDatabase();

beforeEach(async () => {
  await sql`truncate incidents, pages, outbox_messages, services, escalation_policies, users, outbox cascade`;
});

const down = () => ({ kind: "failed" as const, retry: true, detail: "HTTP 503" });
const refused = () => ({ kind: "failed" as const, retry: false, detail: "550 no such user" });

async function storyOf(): Promise<string[][]> {
  return (await deliveryStories(db)).map(({ channel, steps }) => [channel, ...steps]);
}

async function pageStates(): Promise<string[]> {
  return (await db.select({ state: pages.state }).from(pages)).map(({ state }) => state);
}

test("what came of sends is counted by channel and result", async () => {
  metrics().deliveries.reset();
  const { incidentId, maya } = await pageSomebody(db, [
    { channel: "email" },
    { channel: "webhook", address: "https://example.com/hook" },
    { channel: "push", delayMinutes: 5, address: "https://example.com/push" },
  ]);
  const senders = { email: recorder("email").sender, webhook: recorder("webhook", down).sender };
  await runOnce(db, delivering(senders));
  await acknowledgeIncident(actAs(db, maya), { incidentId });
  const { values } = await metrics().deliveries.get();
  expect(values.map(({ labels, value }) => `${labels.channel} ${labels.result} ${value}`).toSorted()).toEqual(
    ["email accepted 1", "push cancelled 1", "webhook cancelled 1", "webhook retrying 1"],
  );
});

describe("a page", () => {
  test("is sent, recorded everywhere, and ends", async () => {
    const { incidentId, maya } = await pageSomebody(db, [{ channel: "email", address: "maya@example.com" }]);
    const mail = recorder("email");
    expect(await runOnce(db, delivering({ email: mail.sender }))).toEqual({ worked: 1, nextAt: null });
    expect(mail.sent[0]?.facts).toMatchObject({
      incident: { title: "Checkout 5xx above 4 %", urgency: "high" },
      person: { name: "Maya Rao" },
      nextConsequence: { to: "Ben Ng" },
      reason: "assigned",
      level: 1,
    });
    expect(await storyOf()).toEqual([["email", "queued", "sending", "accepted"]]);
    expect(await pageStates()).toEqual(["done"]);
    const [method] = await db.select().from(contactMethods).where(eq(contactMethods.userId, maya.id));
    expect(method?.lastDeliveredAt).toEqual(expect.any(Date));
    const [entry] = await db
      .select()
      .from(logEntries)
      .where(and(eq(logEntries.incidentId, incidentId), eq(logEntries.type, "notify")));
    expect(entry).toMatchObject({
      class: "notification",
      userId: maya.id,
      data: { channel: "email", address: "m…@example.com", state: "accepted", detail: "taken" },
    });
    const told = await db
      .select({ topic: outbox.topic })
      .from(outbox)
      .where(eq(outbox.topic, "delivery.accepted"));
    expect(told).toHaveLength(1);
    const [listed] = await listIncidentDeliveries(actAs(db), { incidentId });
    expect(listed?.steps.map(({ state }) => state)).toEqual(["queued", "sending", "accepted"]);
  });

  test("waits for the delay of its rule", async () => {
    await pageSomebody(db, [{ channel: "email", delayMinutes: 5 }]);
    const mail = recorder("email");
    const before = await now();
    const { worked, nextAt } = await runOnce(db, delivering({ email: mail.sender }));
    expect(worked).toBe(0);
    expect(nextAt?.getTime()).toBeGreaterThan(before.getTime() + 290_000);
    await moveTime({ minutes: 5 });
    await runOnce(db, delivering({ email: mail.sender }));
    expect(mail.sent).toHaveLength(1);
  });

  test("is not sent once somebody has acknowledged", async () => {
    const { incidentId, maya } = await pageSomebody(db, [{ channel: "email", delayMinutes: 5 }]);
    await acknowledgeIncident(actAs(db, maya), { incidentId });
    await moveTime({ minutes: 5 });
    const mail = recorder("email");
    await runOnce(db, delivering({ email: mail.sender }));
    expect(mail.sent).toEqual([]);
    expect(await storyOf()).toEqual([["email", "queued", "cancelled"]]);
    expect(await pageStates()).toEqual(["cancelled"]);
  });

  test("that is acknowledged between claim and send is not sent", async () => {
    const { incidentId, maya } = await pageSomebody(db, [{ channel: "email" }]);
    await claimDeliveries(db, "engine-that-dies", 10);
    await acknowledgeIncident(actAs(db, maya), { incidentId });
    await moveTime({ seconds: 61 });
    const mail = recorder("email");
    await runOnce(db, delivering({ email: mail.sender }));
    expect(mail.sent).toEqual([]);
    const [story] = await deliveryStories(db);
    expect(story).toMatchObject({
      steps: ["queued", "sending", "sending", "cancelled"],
      last: "The page had ended.",
    });
  });

  test("is not sent to whom the incident was taken from, even if its page was forgotten", async () => {
    await pageSomebody(db, [{ channel: "email" }]);
    await sql`delete from incident_assignments`;
    const mail = recorder("email");
    await runOnce(db, delivering({ email: mail.sender }));
    expect(mail.sent).toEqual([]);
    expect(await storyOf()).toEqual([["email", "queued", "sending", "cancelled"]]);
  });
});

describe("when engines compete or die", () => {
  test("two of them send each page once", async () => {
    for (let index = 0; index < 12; index += 1) {
      await pageSomebody(db, [
        { channel: "email" },
        { channel: "webhook", address: "https://example.com/hook" },
      ]);
    }
    const mail = recorder("email");
    const hook = recorder("webhook");
    const deliver = delivering({ email: mail.sender, webhook: hook.sender });
    const runs = await Promise.all([runOnce(db, deliver, "engine-1"), runOnce(db, deliver, "engine-2")]);
    expect(runs[0].worked + runs[1].worked).toBe(24);
    expect(new Set([...mail.sent, ...hook.sent].map(({ key }) => key)).size).toBe(24);
    expect(mail.sent.length + hook.sent.length).toBe(24);
    expect(new Set(await pageStates())).toEqual(new Set(["done"]));
  });

  test("one takes what the other is not just taking, without waiting for it", async () => {
    await pageSomebody(db, [{ channel: "email" }]);
    await inTransaction(actAs(db), async ({ tx }) => {
      expect(await claimDeliveries(tx, "engine-1", 10)).toHaveLength(1);
      await db.transaction(async (other) => {
        await other.execute("set local lock_timeout = '2s'");
        expect(await claimDeliveries(other, "engine-2", 10)).toEqual([]);
      });
    });
  });

  test("one that dies after its claim is replaced when the lease runs out, not before", async () => {
    await pageSomebody(db, [{ channel: "email" }]);
    const [claim] = await claimDeliveries(db, "engine-that-dies", 10);
    const mail = recorder("email");
    const { worked, nextAt } = await runOnce(db, delivering({ email: mail.sender }));
    expect(worked).toBe(0);
    expect((nextAt?.getTime() ?? 0) - (await now()).getTime()).toBeGreaterThan(50_000);
    await moveTime({ seconds: 61 });
    await runOnce(db, delivering({ email: mail.sender }));
    expect(mail.sent.map(({ key }) => key)).toEqual([claim?.deliveryId]);
    expect(await storyOf()).toEqual([["email", "queued", "sending", "sending", "accepted"]]);
  });

  test("those that die use up none of the attempts of a page", async () => {
    await pageSomebody(db, [{ channel: "email" }]);
    for (let index = 0; index < 15; index += 1) {
      expect(await claimDeliveries(db, `engine-that-dies-${index}`, 10)).toHaveLength(1);
      await moveTime({ seconds: 61 });
    }
    let failures = 1;
    const mail = recorder("email", () => (failures-- > 0 ? down() : accept()));
    await runOnce(db, delivering({ email: mail.sender }));
    await moveTime({ seconds: 7 });
    await runOnce(db, delivering({ email: mail.sender }));
    expect((await storyOf())[0]?.slice(-4)).toEqual(["sending", "retrying", "sending", "accepted"]);
  });

  test("one that dies as a page goes stale does not make it lost", async () => {
    await pageSomebody(db, [{ channel: "email" }]);
    await sql`delete from pending_actions`;
    await moveTime({ minutes: 59, seconds: 30 });
    expect(await claimDeliveries(db, "engine-that-dies", 10)).toHaveLength(1);
    await moveTime({ seconds: 61 });
    const mail = recorder("email");
    await runOnce(db, delivering({ email: mail.sender }));
    expect(mail.sent).toHaveLength(1);
  });

  test("one that dies after the send leaves a repetition under the same key, and can't overwrite its successor (case 107)", async () => {
    await pageSomebody(db, [{ channel: "email" }]);
    const [claim] = await claimDeliveries(db, "engine-that-hangs", 10);
    await moveTime({ seconds: 61 });
    const mail = recorder("email");
    await runOnce(db, delivering({ email: mail.sender }));
    expect(mail.sent.map(({ key }) => key)).toEqual([claim?.deliveryId]);
    expect(await recordDelivery(db, "engine-that-hangs", claim!, refused())).toBe(false);
    expect(await storyOf()).toEqual([["email", "queued", "sending", "sending", "accepted"]]);
  });

  test("a slow address doesn't keep the others waiting", async () => {
    await pageSomebody(db, [{ channel: "webhook", address: "https://slow.example.com" }]);
    let release = () => {};
    const gate = new Promise<void>((open) => (release = open));
    const hook = recorder("webhook", () => gate.then(accept));
    const mail = recorder("email", () => {
      release();
      return accept();
    });
    const running = runOnce(db, delivering({ webhook: hook.sender, email: mail.sender }));
    await pageSomebody(db, [{ channel: "email" }]);
    expect((await running).worked).toBe(2);
    expect(mail.sent).toHaveLength(1);
  });

  test("a channel that throws counts as a failure to be tried again", async () => {
    await pageSomebody(db, [{ channel: "email" }]);
    const mail = recorder("email", () => {
      throw new Error("defect");
    });
    await runOnce(db, delivering({ email: mail.sender }));
    expect(await storyOf()).toEqual([["email", "queued", "sending", "retrying"]]);
  });
});

describe("when a channel fails", () => {
  test("it is tried again, later each time, until it works", async () => {
    await pageSomebody(db, [{ channel: "email" }]);
    let failures = 2;
    const mail = recorder("email", () => (failures-- > 0 ? down() : accept()));
    await runOnce(db, delivering({ email: mail.sender }));
    await runOnce(db, delivering({ email: mail.sender }));
    expect(mail.sent).toHaveLength(1);
    await moveTime({ seconds: 6 });
    await runOnce(db, delivering({ email: mail.sender }));
    await moveTime({ seconds: 12 });
    await runOnce(db, delivering({ email: mail.sender }));
    expect(mail.sent).toHaveLength(3);
    expect(new Set(mail.sent.map(({ key }) => key)).size).toBe(1);
    expect(await storyOf()).toEqual([
      ["email", "queued", "sending", "retrying", "sending", "retrying", "sending", "accepted"],
    ]);
  });

  test("for good, the person's next step comes at once", async () => {
    await pageSomebody(db, [
      { channel: "email" },
      { channel: "webhook", delayMinutes: 5 },
      { channel: "slack", delayMinutes: 10 },
    ]);
    const mail = recorder("email", refused);
    const hook = recorder("webhook");
    const slack = recorder("slack");
    await runOnce(db, delivering({ email: mail.sender, webhook: hook.sender, slack: slack.sender }));
    expect([mail.sent.length, hook.sent.length, slack.sent.length]).toEqual([1, 1, 0]);
    expect(await storyOf()).toEqual([
      ["email", "queued", "sending", "failed"],
      ["webhook", "queued", "queued", "sending", "accepted"],
      ["slack", "queued"],
    ]);
  });

  test("it is tried for as long as the page is of use", async () => {
    await pageSomebody(db, [{ channel: "email" }]);
    let isAway = true;
    const mail = recorder("email", () => (isAway ? down() : accept()));
    const passMinutes = async (minutes: number) => {
      for (let minute = 0; minute < minutes; minute += 1) {
        await moveTime({ minutes: 1 });
        await runOnce(db, delivering({ email: mail.sender }));
      }
    };
    await passMinutes(50);
    expect(mail.sent.length).toBeGreaterThan(12);
    isAway = false;
    await passMinutes(6);
    expect((await deliveryStories(db))[0]?.steps.at(-1)).toBe("accepted");
  });

  test("and again and again, the next way does not wait for it, and the account's address is the last resort", async () => {
    const { maya } = await pageSomebody(db, [{ channel: "webhook" }, { channel: "slack", delayMinutes: 20 }]);
    const hook = recorder("webhook", down);
    const slack = recorder("slack", down);
    const mail = recorder("email");
    const deliver = delivering({ webhook: hook.sender, slack: slack.sender, email: mail.sender });
    const waits = [0, 7, 13, 25];
    for (const seconds of waits) {
      expect(slack.sent).toEqual([]);
      await moveTime({ seconds });
      await runOnce(db, deliver);
    }
    expect([hook.sent.length, slack.sent.length]).toEqual([4, 1]);
    for (const seconds of waits.slice(1)) {
      expect(mail.sent).toEqual([]);
      await moveTime({ seconds });
      await runOnce(db, deliver);
    }
    expect(mail.sent.map(({ destination }) => destination.address)).toEqual([maya.email]);
    const states = (await storyOf()).map(([channel, ...steps]) => `${channel} ${steps.at(-1)}`);
    expect(new Set(states)).toEqual(new Set(["webhook retrying", "slack retrying", "email accepted"]));
    expect(await pageStates()).toEqual(["active"]);
  });

  test("because the address is dead, it is switched off", async () => {
    const { methods } = await pageSomebody(db, [{ channel: "push", address: "https://push.example.com/1" }]);
    const push = recorder("push", () => ({ ...refused(), detail: "expired", invalidDestination: true }));
    const mail = recorder("email");
    await runOnce(db, delivering({ push: push.sender, email: mail.sender }));
    const [method] = await db.select().from(contactMethods).where(eq(contactMethods.id, methods[0]!.id));
    expect(method).toMatchObject({ enabled: false, lastError: "expired" });
  });

  test("and nothing else is left, the account's address is the last resort", async () => {
    const { maya } = await pageSomebody(db, [{ channel: "webhook" }]);
    const hook = recorder("webhook", refused);
    const mail = recorder("email", refused);
    await runOnce(db, delivering({ webhook: hook.sender, email: mail.sender }));
    expect(mail.sent.map(({ destination }) => destination.address)).toEqual([maya.email]);
    expect(await pageStates()).toEqual(["done"]);
  });

  test("without a provider the step fails and says so", async () => {
    await pageSomebody(db, [{ channel: "slack" }]);
    const mail = recorder("email");
    await runOnce(db, delivering({ email: mail.sender }));
    const [story] = await deliveryStories(db);
    expect(story?.last).toBe("No provider is configured for this channel.");
    expect(mail.sent).toHaveLength(1);
  });
});

describe("after an outage", () => {
  test("what came too late is recorded, not sent, once an escalation will page anew", async () => {
    await pageSomebody(db, [{ channel: "email" }]);
    await moveTime({ hours: 2 });
    const mail = recorder("email");
    await runOnce(db, delivering({ email: mail.sender }));
    expect(mail.sent).toEqual([]);
    expect(await storyOf()).toEqual([["email", "queued", "expired"]]);
    expect(await pageStates()).toEqual(["expired"]);
    const [entry] = await db.select().from(logEntries).where(eq(logEntries.type, "notify"));
    expect(entry?.data).toMatchObject({ state: "expired" });
  });

  test("whom nothing else will reach is still told, once", async () => {
    await pageSomebody(db, [{ channel: "email" }, { channel: "webhook", delayMinutes: 3 }]);
    await sql`delete from pending_actions`;
    await moveTime({ hours: 2 });
    const mail = recorder("email");
    const hook = recorder("webhook");
    await runOnce(db, delivering({ email: mail.sender, webhook: hook.sender }));
    expect(await storyOf()).toEqual([
      ["email", "queued", "sending", "accepted"],
      ["webhook", "queued", "expired"],
    ]);
    expect(hook.sent).toEqual([]);
  });
});

describe("without a mail server", () => {
  test("a message goes to the outbox, once however often it is sent, for its reader and administrators alone", async () => {
    const { maya, ben } = await pageSomebody(db, [{ channel: "email", address: "maya@example.com" }]);
    const sender = emailSender(outboxTransport(db));
    const twice = {
      ...sender,
      send: async (...args: Parameters<typeof sender.send>) => {
        await sender.send(...args);
        return sender.send(...args);
      },
    };
    await runOnce(db, delivering({ email: twice }));
    const { messages } = await listOutboxMessages(actAs(db, maya));
    expect(messages).toMatchObject([
      { to: "maya@example.com", subject: expect.stringContaining("Checkout 5xx above 4 %") },
    ]);
    expect((await readOutboxMessage(actAs(db), { id: messages[0]!.id })).text).toContain("/a/");
    expect((await listOutboxMessages(actAs(db, ben))).messages).toEqual([]);
    await expect(readOutboxMessage(actAs(db, ben), { id: messages[0]!.id })).rejects.toThrow(
      "no such message",
    );
  });
});

describe("createPages and cancelPages", () => {
  test("page a step once, and cancel all but those who keep it", async () => {
    const { incidentId, maya } = await pageSomebody(db, [
      { channel: "email" },
      { channel: "email", delayMinutes: 4 },
    ]);
    const ben = await makeUser(db);
    const request = {
      incidentId,
      step: 7,
      reason: "escalated" as const,
      urgency: "high" as const,
      level: 2,
      trace: [],
    };
    const requests = [maya, ben].map((user) => ({ ...request, userId: user.id }));
    const make = () => inTransaction(actAs(db), (scope) => createPages(scope, requests));
    const made = await make();
    expect(made.map(({ userId, deliveries: planned }) => [userId, planned.length])).toEqual([
      [maya.id, 2],
      [ben.id, 1],
    ]);
    expect(await make()).toEqual([]);
    await inTransaction(actAs(db), (scope) =>
      cancelPages(scope, [incidentId], "handed on", { exceptUserIds: [ben.id] }),
    );
    const rows = await db.select({ userId: deliveries.userId, state: deliveries.state }).from(deliveries);
    expect(rows.filter(({ userId }) => userId === maya.id).every(({ state }) => state === "cancelled")).toBe(
      true,
    );
    expect(rows.filter(({ userId }) => userId === ben.id)).toEqual([{ userId: ben.id, state: "queued" }]);
  });

  test("take the same number of statements however many pages", async () => {
    const { incidentId } = await pageSomebody(db, [{ channel: "email" }]);
    const people = [];
    for (let index = 0; index < 40; index += 1) people.push(await makeUser(db));
    const count = async (userIds: string[], step: number) => {
      let statements = 0;
      await inTransaction(actAs(db), async (scope) => {
        const tx = new Proxy(scope.tx, {
          get(target, name, receiver) {
            if (name === "execute") statements += 1;
            return Reflect.get(target, name, receiver);
          },
        });
        const requests = userIds.map((userId) => ({
          incidentId,
          userId,
          step,
          reason: "assigned" as const,
          urgency: "high" as const,
          level: 1,
          trace: [],
        }));
        expect(await createPages({ ...scope, tx }, requests)).toHaveLength(userIds.length);
      });
      return statements;
    };
    const ids = people.map(({ id }) => id);
    expect(await count(ids, 50)).toBe(await count(ids.slice(0, 1), 51));
  });
});

test("an incident's row and a delivery's result can be locked at the same time without a deadlock", async () => {
  const scenes = [];
  for (let index = 0; index < 8; index += 1)
    scenes.push(await pageSomebody(db, [{ channel: "email" }, { channel: "webhook" }]));
  const mail = recorder("email");
  const hook = recorder("webhook", refused);
  const deliver = delivering({ email: mail.sender, webhook: hook.sender });
  await Promise.all([
    runOnce(db, deliver),
    ...scenes.map(({ incidentId, maya }) => acknowledgeIncident(actAs(db, maya), { incidentId })),
  ]);
  const open = await db.select().from(incidents).where(eq(incidents.status, "triggered"));
  expect(open).toEqual([]);
  expect(await db.select().from(pages).where(eq(pages.state, "active"))).toEqual([]);
});
