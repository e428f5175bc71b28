import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { deliveries, pages } from "#db/schema/notifications";
import { notificationRules, users } from "#db/schema/people";
import { newId } from "#lib/ids";
import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { declareIncident } from "#lib/incidents/commands/declare";
import { resolveIncidents } from "#lib/incidents/commands/resolve";
import { claimDeliveries } from "#lib/notifications/commands/claim-deliveries";
import { markDelivery } from "#lib/notifications/commands/mark-delivery";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeNotificationRule } from "#lib/testing/factories";
import { deliveryStories, delivering, pageSomebody, recorder, runOnce } from "#lib/testing/paging";

const { db, moveTime, now, sql } = await useDatabase();

beforeEach(async () => {
  await sql`truncate incidents, pages, outbox_messages, services, escalation_policies, users, outbox cascade`;
});

const refused = () => ({ kind: "failed" as const, retry: true, detail: "HTTP 503" });

async function another(serviceId: string, title: string, urgency: "high" | "low" = "high") {
  return (await declareIncident(actAs(db), { title, serviceId, urgency })).id;
}

describe("several incidents of one person", () => {
  test("that are due together go in one message, which answers for all", async () => {
    const { service, maya } = await pageSomebody(db, [{ channel: "email" }], "First");
    await another(service.id, "Second");
    const mail = recorder("email");
    await runOnce(db, delivering({ email: mail.sender }));
    expect(mail.sent).toHaveLength(1);
    const [message] = mail.sent;
    expect(message?.facts).toMatchObject({
      incident: null,
      notice: { title: expect.stringMatching(/^2 incidents wait for you: #\d+, #\d+$/) },
      bundle: [{ title: "First" }, { title: "Second" }],
    });
    expect(message?.facts.links.open).toBe(message?.facts.links.oneTap);
    const rows = await db.select().from(deliveries);
    expect(rows.map(({ bundleId, state }) => [bundleId, state])).toEqual([
      [message?.key, "accepted"],
      [message?.key, "accepted"],
    ]);
    await markDelivery(actAs(db, maya), { deliveryId: rows[1]!.id, state: "acted", detail: "Answered." });
    expect((await deliveryStories(db)).map(({ steps }) => steps.at(-1))).toEqual(["acted", "acted"]);
  });

  test("the second within two minutes waits a moment and brings along the third; the first never waits", async () => {
    const { service } = await pageSomebody(db, [{ channel: "email" }], "First");
    const mail = recorder("email");
    const deliver = delivering({ email: mail.sender });
    await runOnce(db, deliver);
    expect(mail.sent.map(({ facts }) => facts.incident?.title)).toEqual(["First"]);
    await moveTime({ seconds: 60 });
    await another(service.id, "Second");
    await runOnce(db, deliver);
    await moveTime({ seconds: 20 });
    await another(service.id, "Third");
    await runOnce(db, deliver);
    expect(mail.sent).toHaveLength(1);
    const [, held] = await deliveryStories(db);
    expect(held?.steps).toEqual(["queued", "queued"]);
    expect(held?.last).toContain("Held for a moment");
    await moveTime({ seconds: 25 });
    await runOnce(db, deliver);
    expect(mail.sent).toHaveLength(2);
    expect(mail.sent[1]?.facts.bundle.map(({ title }) => title)).toEqual(["Second", "Third"]);
  });

  test("what was acknowledged meanwhile is left out, and a last one goes as itself", async () => {
    const { service, maya, incidentId } = await pageSomebody(db, [{ channel: "email" }], "First");
    await another(service.id, "Second");
    await claimDeliveries(db, "engine-that-dies", 10);
    await acknowledgeIncident(actAs(db, maya), { incidentId });
    await moveTime({ seconds: 61 });
    const mail = recorder("email");
    await runOnce(db, delivering({ email: mail.sender }));
    expect(mail.sent.map(({ facts }) => facts.incident?.title)).toEqual(["Second"]);
    expect((await deliveryStories(db)).map(({ steps }) => steps.at(-1))).toEqual(["cancelled", "accepted"]);
  });

  test("are tried again together, under the key of the first try", async () => {
    const { service } = await pageSomebody(db, [{ channel: "email" }], "First");
    await another(service.id, "Second");
    let failures = 1;
    const mail = recorder("email", () =>
      failures-- > 0 ? refused() : { kind: "accepted", providerId: "1", detail: "taken" },
    );
    const deliver = delivering({ email: mail.sender });
    await runOnce(db, deliver);
    await another(service.id, "Third");
    await moveTime({ seconds: 10 });
    await runOnce(db, deliver);
    expect(new Set(mail.sent.slice(0, 2).map(({ key }) => key)).size).toBeLessThanOrEqual(2);
    const both = mail.sent.filter(({ facts }) => facts.bundle.length === 2);
    expect(both.map(({ key }) => key)).toEqual([both[0]?.key, both[0]?.key]);
    expect((await db.select().from(deliveries)).map(({ state }) => state)).toEqual(
      expect.arrayContaining(["accepted", "accepted"]),
    );
  });

  test("two engines at once lose none and send none twice", async () => {
    const { service } = await pageSomebody(db, [{ channel: "email" }], "Incident 0");
    for (let index = 1; index < 30; index += 1) await another(service.id, `Incident ${index}`);
    const mail = recorder("email");
    const deliver = delivering({ email: mail.sender });
    await Promise.all([runOnce(db, deliver, "engine-1"), runOnce(db, deliver, "engine-2")]);
    await moveTime({ minutes: 1 });
    await runOnce(db, deliver);
    const told = mail.sent.flatMap(({ facts }) =>
      facts.incident ? [facts.incident.title] : facts.bundle.map(({ title }) => title),
    );
    expect(told.toSorted()).toEqual(Array.from({ length: 30 }, (_, index) => `Incident ${index}`).toSorted());
    expect(mail.sent.length).toBeLessThan(10);
  });
});

test("beyond ten messages in ten minutes low urgency is held back and then comes as one", async () => {
  const { maya, methods, service } = await pageSomebody(db, [{ channel: "email" }], "High");
  await makeNotificationRule(db, { userId: maya.id, urgency: "low", contactMethodId: methods[0]!.id });
  const mail = recorder("email");
  const deliver = delivering({ email: mail.sender });
  for (let index = 0; index < 13; index += 1) {
    await another(service.id, `Low ${index}`, "low");
    await runOnce(db, deliver);
    await moveTime({ seconds: 46 });
    await runOnce(db, deliver);
  }
  const before = mail.sent.length;
  expect(before).toBe(10);
  await moveTime({ minutes: 10 });
  await runOnce(db, deliver);
  const told = mail.sent.flatMap(({ facts }) =>
    facts.incident ? [facts.incident.title] : facts.bundle.map(({ title }) => title),
  );
  expect(mail.sent).toHaveLength(11);
  expect(told.toSorted()).toEqual(
    ["High", ...Array.from({ length: 13 }, (_, index) => `Low ${index}`)].toSorted(),
  );
});

describe("news of a change by others", () => {
  test("is told by the rules for it, survives the acknowledgement, and pages nobody who did it", async () => {
    const { incidentId, maya, ben, methods } = await pageSomebody(db, [
      { channel: "email", address: "m@example.com" },
    ]);
    await db.insert(notificationRules).values({
      id: newId(),
      userId: maya.id,
      kind: "changed",
      contactMethodId: methods[0]!.id,
      delayMinutes: 0,
      createdAt: new Date(),
    });
    await acknowledgeIncident(actAs(db, ben), { incidentId });
    await resolveIncidents(actAs(db, ben), { incidentIds: [incidentId] });
    const mail = recorder("email");
    await runOnce(db, delivering({ email: mail.sender }));
    expect(mail.sent.map(({ facts }) => [facts.incident, facts.reason, facts.notice?.title])).toEqual([
      [null, "changed", expect.stringMatching(/^#\d+ was acknowledged by Ben Ng$/)],
    ]);
    const states = await db.select({ reason: pages.reason, state: pages.state }).from(pages);
    expect(states).toEqual(
      expect.arrayContaining([
        { reason: "assigned", state: "cancelled" },
        { reason: "changed", state: "done" },
      ]),
    );
  });
});

test("low urgency waits for working hours, high urgency does not", async () => {
  const { maya, service, methods } = await pageSomebody(db, [{ channel: "email" }], "High");
  await makeNotificationRule(db, { userId: maya.id, urgency: "low", contactMethodId: methods[0]!.id });
  const yesterday = new Date((await now()).getTime() - 86_400_000).getUTCDay();
  await db
    .update(users)
    .set({
      timeZone: "Etc/UTC",
      lowUrgencyHours: {
        mode: "working",
        startTime: "00:00",
        endTime: "00:01",
        daysOfWeek: [yesterday || 7],
      },
    })
    .where(eq(users.id, maya.id));
  await another(service.id, "Also high");
  await another(service.id, "Low", "low");
  const mail = recorder("email");
  await runOnce(db, delivering({ email: mail.sender }));
  expect(mail.sent.map(({ facts }) => facts.bundle.map(({ title }) => title))).toEqual([
    ["High", "Also high"],
  ]);
  await moveTime({ minutes: 7 * 24 * 60 });
  await runOnce(db, delivering({ email: mail.sender }));
  expect(mail.sent.at(-1)?.facts.incident?.title).toBe("Low");
});
