import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { incidentFacts } from "#db/schema/incident-facts";
import { incidents, logEntries } from "#db/schema/incidents";
import { deliveries, pages } from "#db/schema/notifications";
import { users } from "#db/schema/people";
import { completePolicy } from "#lib/escalation/policy";
import { newId } from "#lib/ids";
import { refreshFacts } from "#lib/incidents/commands/refresh-facts";
import { recordInterruption } from "#lib/notifications/commands/record-interruptions";
import type { Channel } from "#lib/notifications/vocabulary";
import { useDatabase } from "#lib/testing/database";
import { makeService, makeUser } from "#lib/testing/factories";

const { db } = await useDatabase();

const T0 = Date.parse("2026-05-04T10:00:00.000Z");
const at = (minutes: number) => new Date(T0 + minutes * 60_000);

type Entry = Partial<typeof logEntries.$inferInsert> & Pick<typeof logEntries.$inferInsert, "type">;

let serviceId: string;
let userId: string;

beforeEach(async () => {
  serviceId = (await makeService(db)).id;
  userId = (await makeUser(db)).id;
});

async function makeIncident(values: Partial<typeof incidents.$inferInsert> = {}): Promise<string> {
  const id = newId();
  await db.insert(incidents).values({
    id,
    title: "Something broke",
    status: values.resolvedAt ? "resolved" : "triggered",
    urgency: "high",
    serviceId,
    policySnapshot: completePolicy({
      policyId: "P1",
      name: "Policy",
      numLoops: 0,
      teamId: null,
      fallbackUserId: null,
      levels: [],
    }),
    detectionSource: "monitoring",
    origin: "event",
    startedAt: at(-2),
    detectedAt: at(0),
    createdAt: at(0),
    lastStatusChangeAt: at(0),
    updatedAt: at(0),
    ...values,
  });
  return id;
}

async function addEntry(incidentId: string, minutes: number, entry: Entry) {
  const person = { actorType: "user" as const, actorId: userId, actorName: "Somebody" };
  await db.insert(logEntries).values({
    id: newId(),
    incidentId,
    at: at(minutes),
    class: "key",
    channel: "website",
    ...person,
    ...entry,
  });
}

const machine = { actorType: "integration" as const, actorId: null, actorName: "Monitor" };
const system = { actorType: "system" as const, actorId: null, actorName: "Touchline" };

async function addPage(incidentId: string, minutes: number, sent = true, channel: Channel = "email") {
  const [id, deliveryId] = [newId(), newId()];
  await db.insert(pages).values({
    id,
    incidentId,
    userId,
    step: Math.round(minutes * 10),
    reason: "assigned",
    urgency: "high",
    state: "active",
    trace: [],
    createdAt: at(minutes),
  });
  await db.insert(deliveries).values({
    id: deliveryId,
    pageId: id,
    incidentId,
    userId,
    channel,
    address: "a@example.com",
    delayMinutes: 0,
    state: sent ? "accepted" : "queued",
    dueAt: at(minutes),
    expiresAt: at(minutes + 60),
    createdAt: at(minutes),
    sentAt: sent ? at(minutes) : null,
  });
  return deliveryId;
}

async function factsOf(id: string) {
  await db.transaction(async (tx) => refreshFacts({ tx }, [id, "unknown"]));
  const [facts] = await db.select().from(incidentFacts).where(eq(incidentFacts.incidentId, id));
  return facts!;
}

describe("refreshFacts", () => {
  test("measures the three clocks from their own starts", async () => {
    const id = await makeIncident({ detectedAt: at(-1), resolvedAt: at(60), mitigatedAt: at(30) });
    await addEntry(id, 0, { type: "trigger", ...machine });
    await addPage(id, 1);
    await addEntry(id, 3, { type: "annotate", class: "people" });
    await addEntry(id, 5, { type: "acknowledge" });
    await addEntry(id, 60, { type: "resolve" });
    expect(await factsOf(id)).toMatchObject({
      msToAcknowledge: 4 * 60_000,
      msToRespond: 4 * 60_000,
      msToResolve: 60 * 60_000,
      msToMitigate: 31 * 60_000,
      firstPageAt: at(1),
      firstAckAt: at(5),
      firstEngagedAt: at(3),
      engagedUserCount: 1,
      acknowledgementCount: 1,
      notificationCount: 1,
      autoResolved: false,
      policyId: "P1",
    });
  });

  test("a machine neither acknowledges nor responds, and what it closes is closed by a machine", async () => {
    const id = await makeIncident({ resolvedAt: at(9) });
    await addPage(id, 0, false);
    await addEntry(id, 2, { type: "acknowledge", ...machine });
    await addEntry(id, 9, { type: "resolve", ...machine });
    await addEntry(id, 200, { type: "annotate", note: "Looked at it the next day." });
    expect(await factsOf(id)).toMatchObject({
      firstAckAt: null,
      msToAcknowledge: null,
      firstEngagedAt: null,
      msToRespond: null,
      engagedUserCount: 0,
      acknowledgementCount: 0,
      notificationCount: 0,
      autoResolved: true,
      msToResolve: 9 * 60_000,
    });
  });

  test("an open incident has not been resolved, whatever its history", async () => {
    const id = await makeIncident({ reopenCount: 1 });
    await addEntry(id, 20, { type: "resolve" });
    await addEntry(id, 30, { type: "reopen" });
    expect(await factsOf(id)).toMatchObject({
      resolvedAt: null,
      msToResolve: null,
      autoResolved: false,
      reopenCount: 1,
    });
  });

  test("never stores a negative duration", async () => {
    const id = await makeIncident({ detectedAt: at(50), resolvedAt: at(-5), mitigatedAt: at(10) });
    await addEntry(id, 5, { type: "acknowledge" });
    await addPage(id, 8);
    expect(await factsOf(id)).toMatchObject({
      msToAcknowledge: null,
      msToRespond: null,
      msToResolve: null,
      msToMitigate: null,
    });
  });

  test("snoozed time ends with the next decision or the resolve, and the hours still to come don't count", async () => {
    const id = await makeIncident({ resolvedAt: at(500) });
    await addEntry(id, 10, { type: "snooze", data: { until: at(130).toISOString() } });
    await addEntry(id, 130, { type: "unacknowledge", ...system });
    await addEntry(id, 140, { type: "snooze", data: { until: at(900).toISOString() } });
    await addEntry(id, 150, { type: "acknowledge" });
    await addEntry(id, 500, { type: "resolve" });
    const facts = await factsOf(id);
    expect(facts.snoozedMs).toBe((120 + 10) * 60_000);
    // Whoever snoozes has taken it.
    expect(facts.firstAckAt).toEqual(at(10));
    const running = await makeIncident({
      createdAt: new Date(),
      startedAt: new Date(),
      detectedAt: new Date(),
    });
    const until = new Date(Date.now() + 8 * 3_600_000).toISOString();
    await addEntry(running, 0, { type: "snooze", at: new Date(), data: { until } });
    expect((await factsOf(running)).snoozedMs).toBeLessThan(60_000);
  });

  test("counts escalations by kind, and one reassignment to three people once", async () => {
    const id = await makeIncident();
    await addEntry(id, 0, { type: "assign", ...system, data: { via: "escalation_policy" } });
    await addEntry(id, 5, { type: "escalate", ...system, data: { kind: "timeout" } });
    await addEntry(id, 9, { type: "escalate", data: { kind: "manual" } });
    for (let person = 0; person < 3; person += 1) {
      await addEntry(id, 12, { type: "assign", data: { via: "direct_assignment" } });
    }
    await addEntry(id, 20, { type: "delegate" });
    expect(await factsOf(id)).toMatchObject({
      timeoutEscalationCount: 1,
      manualEscalationCount: 1,
      reassignmentCount: 2,
      assignmentCount: 7,
      firstEngagedAt: at(9),
    });
  });

  test("whoever raises it and names the assignee has not responded yet", async () => {
    const id = await makeIncident();
    await addEntry(id, 0, { type: "trigger" });
    await addEntry(id, 0, { type: "assign", data: { via: "direct_assignment" } });
    expect(await factsOf(id)).toMatchObject({ firstEngagedAt: null, reassignmentCount: 0 });
  });

  test("of an imported incident only its own history counts", async () => {
    const id = await makeIncident({ origin: "import", resolvedAt: at(90) });
    await addEntry(id, 90, { type: "resolve", ...system, channel: "import" });
    await addEntry(id, 100_000, { type: "annotate" });
    expect(await factsOf(id)).toMatchObject({
      msToResolve: 90 * 60_000,
      msToAcknowledge: null,
      msToRespond: null,
      autoResolved: false,
    });
  });

  test("people engage by acknowledging or joining, and mobilising ends with the last of them", async () => {
    const id = await makeIncident({ resolvedAt: at(60), effortSeconds: 90 });
    const [second, third] = [await makeUser(db), await makeUser(db)];
    await addEntry(id, 2, { type: "annotate" });
    await addEntry(id, 5, { type: "acknowledge" });
    await addEntry(id, 9, { type: "acknowledge" });
    await addEntry(id, 15, { type: "responder_reply", actorId: second.id, data: { state: "joined" } });
    await addEntry(id, 20, { type: "responder_reply", actorId: third.id, data: { state: "declined" } });
    expect(await factsOf(id)).toMatchObject({
      engagedUserCount: 2,
      msToEngage: 10 * 60_000,
      mobilisedAt: at(15),
      msToMobilise: 15 * 60_000,
      engagedMs: (55 + 45) * 60_000,
      effortMs: 90_000,
      assignmentCount: 1,
      acknowledgementCount: 2,
    });
  });

  test("what people corrected stands instead of what the log says", async () => {
    const id = await makeIncident({
      resolvedAt: at(60),
      customerImpact: true,
      feature: "Slips",
      corrections: { firstAckAt: at(3).toISOString(), resolvedAt: at(40).toISOString() },
    });
    await addPage(id, 1);
    await addEntry(id, 9, { type: "acknowledge" });
    expect(await factsOf(id)).toMatchObject({
      firstAckAt: at(3),
      msToAcknowledge: 2 * 60_000,
      resolvedAt: at(40),
      msToResolve: 40 * 60_000,
      impactStartedAt: at(-2),
      impactEndedAt: at(40),
      feature: "Slips",
      engagedMs: 31 * 60_000,
    });
  });

  test("a minute of sends is one interruption, of the hour by the person's clock; mail is none", async () => {
    await db.update(users).set({ timeZone: "Pacific/Auckland" }).where(eq(users.id, userId));
    const id = await makeIncident();
    for (const [minutes, channel] of [
      [0, "email"],
      [0.1, "push"],
      [0.9, "sms"],
      [1.2, "phone"],
    ] as const) {
      const deliveryId = await addPage(id, minutes, true, channel);
      await db.transaction(async (tx) => {
        await recordInterruption({ tx }, { id: deliveryId, userId, channel });
      });
    }
    // 10:00 UTC is 22:00 in Auckland.
    expect(await factsOf(id)).toMatchObject({
      interruptionCount: 2,
      sleepInterruptionCount: 2,
      businessInterruptionCount: 0,
      notificationCount: 4,
    });
  });

  test("running it again changes nothing", async () => {
    const id = await makeIncident({ resolvedAt: at(60), priorityId: "P0000000000002" });
    await addEntry(id, 5, { type: "acknowledge" });
    const first = await factsOf(id);
    expect(first).toMatchObject({ major: true, priorityRank: 2 });
    expect(await factsOf(id)).toEqual(first);
  });
});
