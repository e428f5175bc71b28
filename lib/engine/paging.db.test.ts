import { eq, isNull } from "drizzle-orm";
import pino from "pino";
import { beforeEach, describe, expect, test } from "vitest";
import { alerts, inbox } from "#db/schema/events";
import { incidentAssignments, incidents, pendingActions } from "#db/schema/incidents";
import { deliveries } from "#db/schema/notifications";
import { users } from "#db/schema/people";
import { updatePolicy } from "#lib/escalation/commands/update-policy";
import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { actAs, makePolicy, makeSchedule, makeUser } from "#lib/testing/factories";
import { useDatabase } from "#lib/testing/database";
import { processInbox } from "#lib/engine/modules/process-inbox";
import { accept, makeScene, pagesOf, story, tick } from "#lib/testing/scenario";
import type { EventInput } from "#lib/testing/scenario";

const { db, moveTime, sql } = await useDatabase();

beforeEach(async () => {
  await sql`truncate inbox, incidents, alerts, pages, pending_actions, integrations, services, escalation_policies, users, schedules cascade`;
});

describe("an event pages the right person", () => {
  test("a trigger opens an alert and an incident and pages the first level once", async () => {
    const { ann, integration } = await makeScene(db);
    await accept(db, integration.id, { dedupKey: "disk" }, { dedupKey: "disk" }, { dedupKey: "disk" });
    await tick(db);
    const { incident, log } = await story(db);
    expect(incident).toMatchObject({ status: "triggered", urgency: "high", level: 1, title: "Symptom disk" });
    expect(await pagesOf(db)).toEqual(["Ann assigned"]);
    expect(await db.select().from(deliveries)).toMatchObject([{ userId: ann.id, state: "queued" }]);
    expect(await db.select().from(alerts)).toMatchObject([{ occurrenceCount: 3, status: "triggered" }]);
    expect(log).toEqual(["trigger", "assign"]);
    const traces = await db
      .select({ outcome: inbox.outcome, trace: inbox.trace })
      .from(inbox)
      .orderBy(inbox.id);
    expect(traces.map(({ outcome }) => outcome)).toEqual(["create", "count", "count"]);
    expect(traces[0]?.trace?.map(({ step }) => step)).toEqual(["deduplicate", "incident"]);
  });

  test("a key that goes to and fro is followed to its end, in order, and delays no other", async () => {
    const { integration } = await makeScene(db);
    const steps = Array.from({ length: 41 }, (_, step): EventInput => ({
      dedupKey: "swing",
      action: step % 2 === 0 ? "trigger" : "resolve",
    }));
    await accept(db, integration.id, ...steps, { dedupKey: "calm" });
    await processInbox.run({ db, engineId: "test", log: pino({ level: "silent" }) });
    const calm = await db.select().from(alerts).where(eq(alerts.dedupKey, "calm"));
    expect(calm).toHaveLength(1);
    await tick(db);
    const swing = await db.select().from(alerts).where(eq(alerts.dedupKey, "swing")).orderBy(alerts.id);
    expect(swing.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 20 }, () => "resolved"),
      "triggered",
    ]);
    const left = await db.select().from(inbox).where(isNull(inbox.processedAt));
    expect(left).toEqual([]);
  });

  test("nobody acknowledges: the second level is paged after the delay, then the path is exhausted", async () => {
    const { integration, ben } = await makeScene(db);
    await accept(db, integration.id, { dedupKey: "disk" });
    await tick(db);
    await moveTime({ minutes: 29 });
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Ann assigned"]);
    await moveTime({ minutes: 1 });
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Ann assigned", "Ben escalated"]);
    expect(await db.select().from(incidentAssignments)).toMatchObject([{ userId: ben.id }]);
    await moveTime({ minutes: 30 });
    await tick(db);
    const { log } = await story(db);
    expect(log).toEqual(["trigger", "assign", "escalate", "exhaust_escalation_path"]);
    expect(await pagesOf(db)).toHaveLength(2);
    const left = await db.select({ type: pendingActions.type }).from(pendingActions);
    expect(left).toEqual([{ type: "resolve" }]);
  });

  test("a loop starts over at level 1 (case 106)", async () => {
    const { integration } = await makeScene(db, { numLoops: 1 });
    await accept(db, integration.id, { dedupKey: "disk" });
    for (let minutes = 0; minutes <= 150; minutes += 30) {
      await tick(db);
      await moveTime({ minutes: 30 });
    }
    expect(await pagesOf(db)).toEqual(["Ann assigned", "Ben escalated", "Ann escalated", "Ben escalated"]);
  });

  test("an incident goes on by the policy as it was when it opened, and passes over who left since (case 105)", async () => {
    const { ann, ben, policy, integration } = await makeScene(db, { numLoops: 1 });
    await accept(db, integration.id, { dedupKey: "disk" });
    await tick(db);
    const cho = await makeUser(db, { name: "Cho" });
    const levels = [{ delayMinutes: 5, targets: [{ type: "user" as const, id: cho.id }] }];
    const edit = { policyId: policy.id, expectedVersion: 1, name: "Edited", levels };
    await updatePolicy(actAs(db, { role: "manager" }), edit);
    await moveTime({ minutes: 30 });
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Ann assigned", "Ben escalated"]);
    await db.update(users).set({ deactivatedAt: new Date() }).where(eq(users.id, ann.id));
    await moveTime({ minutes: 30 });
    await tick(db);
    expect((await story(db)).log).toContain("skip_level");
    expect(await db.select().from(incidentAssignments)).toMatchObject([{ userId: ben.id }]);
  });

  test("acknowledging cancels what was queued and stops the escalation; its time-out pages again", async () => {
    const { ann, integration } = await makeScene(db);
    await accept(db, integration.id, { dedupKey: "disk" });
    await tick(db);
    const { incident } = await story(db);
    await acknowledgeIncident(actAs(db, ann), { incidentId: incident.id });
    expect(await db.select().from(deliveries)).toMatchObject([{ state: "cancelled" }]);
    await moveTime({ minutes: 29 });
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Ann assigned"]);
    await moveTime({ minutes: 2 });
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Ann assigned", "Ann unacknowledged"]);
    await moveTime({ minutes: 30 });
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Ann assigned", "Ann unacknowledged", "Ben escalated"]);
  });

  test("the monitor resolves it: the incident is over and nothing is pending", async () => {
    const { integration } = await makeScene(db);
    await accept(db, integration.id, { dedupKey: "disk" });
    await tick(db);
    await accept(db, integration.id, { dedupKey: "disk", action: "resolve" });
    await tick(db);
    const { incident, log } = await story(db);
    expect(incident).toMatchObject({ status: "resolved", resolvedVia: "integration" });
    expect(log).toEqual(["trigger", "assign", "resolve"]);
    expect(await db.select().from(pendingActions)).toEqual([]);
    expect(await db.select().from(deliveries)).toMatchObject([{ state: "cancelled" }]);
  });

  test("trigger, acknowledge and resolve in one batch leave one resolved incident", async () => {
    const { integration } = await makeScene(db);
    await accept(
      db,
      integration.id,
      { dedupKey: "disk" },
      { dedupKey: "disk", action: "acknowledge" },
      { dedupKey: "disk", action: "resolve" },
      { dedupKey: "disk" },
    );
    await tick(db);
    const all = await db.select({ status: incidents.status }).from(incidents).orderBy(incidents.number);
    expect(all).toEqual([{ status: "resolved" }, { status: "triggered" }]);
  });

  test("after an outage of hours an incident takes only its newest due step (case 108)", async () => {
    const { integration } = await makeScene(db, { numLoops: 3, autoResolveTimeout: null });
    await accept(db, integration.id, { dedupKey: "disk" });
    await tick(db);
    await moveTime({ hours: 5 });
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Ann assigned", "Ben escalated"]);
  });

  test("the auto-resolve timer counts from the trigger, acknowledged or not", async () => {
    const { ann, integration } = await makeScene(db, { acknowledgementTimeout: null });
    await accept(db, integration.id, { dedupKey: "disk" });
    await tick(db);
    const { incident } = await story(db);
    await acknowledgeIncident(actAs(db, ann), { incidentId: incident.id });
    await moveTime({ hours: 4, minutes: 1 });
    await tick(db);
    expect((await story(db)).incident).toMatchObject({ status: "resolved", resolvedVia: "timeout" });
  });
});

describe("nobody is on call", () => {
  test("an empty level is skipped at once and said so (case 102)", async () => {
    const ben = await makeUser(db, { name: "Ben" });
    const empty = await makeSchedule(db, { userIds: [] });
    const policy = await makePolicy(db, {
      levels: [
        { targets: [{ type: "schedule", id: empty.id }] },
        { targets: [{ type: "user", id: ben.id }] },
      ],
    });
    const { integration } = await makeScene(db, { escalationPolicyId: policy.id });
    await accept(db, integration.id, { dedupKey: "disk" });
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Ben assigned"]);
    expect((await story(db)).log).toEqual(["trigger", "skip_level", "assign"]);
  });

  test("nobody at any level: the fallback has it, and a coverage gap is recorded (case 102)", async () => {
    const boss = await makeUser(db, { name: "Boss" });
    const empty = await makeSchedule(db, { userIds: [] });
    const policy = await makePolicy(db, {
      fallbackUserId: boss.id,
      levels: [{ targets: [{ type: "schedule", id: empty.id }] }],
    });
    const { integration } = await makeScene(db, { escalationPolicyId: policy.id });
    await accept(db, integration.id, { dedupKey: "disk" });
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Boss fallback"]);
    expect((await story(db)).log).toEqual(["trigger", "skip_level", "coverage_gap", "fallback"]);
    expect(await sql`select because from coverage_gaps`).toHaveLength(2);
  });

  test("no fallback either: the organisation's owner has it", async () => {
    await makeUser(db, { name: "Owner", role: "owner" });
    const policy = await makePolicy(db, { levels: [] });
    const { integration } = await makeScene(db, { escalationPolicyId: policy.id });
    await accept(db, integration.id, { dedupKey: "disk" });
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Owner fallback"]);
  });
});

describe("several engines", () => {
  test("two engines on one database execute every step once (case 107)", async () => {
    const { integration } = await makeScene(db, { numLoops: 1, autoResolveTimeout: null });
    const keys = Array.from({ length: 100 }, (_, index) => "k".repeat((index % 16) + 1) + index);
    await accept(db, integration.id, ...keys.map((dedupKey) => ({ dedupKey })));
    for (let step = 0; step < 6; step += 1) {
      await Promise.all([tick(db, "one"), tick(db, "two")]);
      await moveTime({ minutes: 30 });
    }
    const [counts] = await sql`
      select count(*)::int as pages, count(distinct (incident_id, step, user_id))::int as steps,
        count(distinct incident_id)::int as incidents from pages`;
    expect(counts).toMatchObject({ pages: 400, steps: 400, incidents: 100 });
    const escalations = await sql`
      select count(*)::int as n from log_entries where type = 'escalate' group by incident_id having count(*) <> 3`;
    expect(escalations).toEqual([]);
  });
});

test("an event that can't be processed is set aside and holds up nobody", async () => {
  const { integration } = await makeScene(db);
  await accept(db, integration.id, { dedupKey: "bad", summary: "x".repeat(2000) }, { dedupKey: "abc" });
  await tick(db);
  expect(await sql`select reason from intake_errors`).toHaveLength(1);
  expect(await db.select().from(alerts).where(eq(alerts.dedupKey, "abc"))).toHaveLength(1);
});
