import { beforeEach, describe, expect, test } from "vitest";
import { eq, isNull } from "drizzle-orm";
import { alerts, inbox } from "#db/schema/events";
import { incidents, logEntries, priorities } from "#db/schema/incidents";
import { integrations, services } from "#db/schema/services";
import { processEvents } from "#lib/alerts/commands/process-events";
import { untouched } from "#lib/alerts/verdict";
import type { RuleVerdict } from "#lib/alerts/verdict";
import { inTransaction, SYSTEM } from "#lib/context";
import type { NormalisedEvent } from "#lib/events/event";
import { makePolicy, makeService } from "#lib/testing/factories";
import { useDatabase } from "#lib/testing/database";
import { accept, makeScene, pagesOf, story, tick } from "#lib/testing/scenario";
import type { EventInput } from "#lib/testing/scenario";

const { db, moveTime, sql } = await useDatabase();

beforeEach(async () => {
  await sql`truncate inbox, incidents, alerts, pages, pending_actions, integrations, services, escalation_policies, users, schedules cascade`;
});

/** Events come in and are processed in one batch with what rules decided about all of them. */
async function judged(integrationId: string, verdict: Partial<RuleVerdict>, ...events: EventInput[]) {
  await accept(db, integrationId, ...events);
  await inTransaction({ db, actor: SYSTEM }, async (scope) => {
    const rows = await scope.tx.select().from(inbox).where(isNull(inbox.processedAt)).orderBy(inbox.id);
    const batch = rows.map((row) => ({ ...row, event: row.event as NormalisedEvent }));
    const verdicts = batch.map(
      ({ id, event, dedupKey }) => [id, { ...untouched(event, dedupKey), ...verdict }] as const,
    );
    await processEvents(scope, batch, new Map(verdicts));
  });
}

const disk = { dedupKey: "disk" };
const resolved: EventInput = { dedupKey: "disk", action: "resolve" };
const pause = { seconds: 300, because: "Waits for it to end by itself" };

describe("a suppressed alert", () => {
  test("has no incident and pages nobody, says why, and is ended by its source", async () => {
    const { integration } = await makeScene(db);
    await judged(integration.id, { suppress: "Known noise", tags: ["noise"] }, disk);
    await tick(db);
    expect(await db.select().from(alerts)).toMatchObject([
      {
        suppressed: true,
        incidentId: null,
        heldBecause: "Known noise",
        tags: ["noise"],
        status: "triggered",
      },
    ]);
    expect(await db.select().from(incidents)).toEqual([]);
    const [event] = await db.select().from(inbox);
    expect(event?.trace?.at(-1)).toMatchObject({ step: "hold", outcome: "suppressed" });
    await accept(db, integration.id, resolved);
    await tick(db);
    expect(await db.select().from(alerts)).toMatchObject([{ status: "resolved" }]);
    expect(await pagesOf(db)).toEqual([]);
  });

  test("opens its incident with the first event that is not suppressed any more", async () => {
    const { integration } = await makeScene(db);
    await judged(integration.id, { suppress: "Fewer than 3 in 10 minutes" }, disk, disk);
    await accept(db, integration.id, { ...disk, severity: "error" });
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Ann assigned"]);
    const { incident } = await story(db);
    expect(await db.select().from(alerts)).toMatchObject([
      { suppressed: false, incidentId: incident.id, occurrenceCount: 3, severity: "error" },
    ]);
    await accept(db, integration.id, resolved);
    await tick(db);
    expect((await story(db)).incident.status).toBe("resolved");
  });
});

describe("a paused alert", () => {
  test("opens an incident that was noticed by whom its integration speaks for, as without a pause", async () => {
    const { integration } = await makeScene(db);
    await db
      .update(integrations)
      .set({ detectionSource: "customer_report" })
      .where(eq(integrations.id, integration.id));
    await judged(integration.id, { pause }, disk);
    await judged(integration.id, {}, { dedupKey: "at once" });
    await moveTime({ minutes: 6 });
    await tick(db);
    expect((await db.select().from(incidents)).map(({ detectionSource }) => detectionSource)).toEqual([
      "customer_report",
      "customer_report",
    ]);
  });

  test("opens its incident when its time is over, as the rule wanted it", async () => {
    const { integration, ben } = await makeScene(db);
    const other = await makePolicy(db, { levels: [{ targets: [{ type: "user", id: ben.id }] }] });
    const [priority] = await db.select().from(priorities);
    const terms = {
      urgency: "low" as const,
      priorityId: priority?.id ?? null,
      policyId: other.id,
      notes: ["Look at the pool"],
    };
    await judged(integration.id, { pause, terms }, disk);
    await tick(db);
    await moveTime({ minutes: 4, seconds: 59 });
    await tick(db);
    expect(await db.select().from(incidents)).toEqual([]);
    await moveTime({ seconds: 1 });
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Ben assigned"]);
    const { incident, log } = await story(db);
    expect(incident).toMatchObject({ urgency: "low", priorityId: priority?.id ?? null });
    expect(log).toEqual(["trigger", "annotate", "assign"]);
    expect(
      await db.select({ note: logEntries.note }).from(logEntries).where(eq(logEntries.type, "annotate")),
    ).toEqual([{ note: "Look at the pool" }]);
  });

  test("never opens one when it is resolved before", async () => {
    const { integration } = await makeScene(db);
    await judged(integration.id, { pause }, disk);
    await accept(db, integration.id, resolved);
    await tick(db);
    await moveTime({ minutes: 10 });
    await tick(db);
    expect(await db.select().from(incidents)).toEqual([]);
    expect(await db.select().from(alerts)).toMatchObject([{ status: "resolved", pausedBy: "rules" }]);
  });

  test("either opens or ends when both happen at once, and is opened once by two engines", async () => {
    const { integration } = await makeScene(db);
    const keys = Array.from({ length: 40 }, (_, index) => ({ dedupKey: `k${index}` }));
    await judged(integration.id, { pause }, ...keys);
    await accept(
      db,
      integration.id,
      ...keys.slice(0, 20).map((key) => ({ ...key, action: "resolve" as const })),
    );
    await moveTime({ minutes: 5 });
    await Promise.all([tick(db, "one"), tick(db, "two")]);
    const [counts] = await sql`
      select count(*) filter (where a.status = 'triggered' and i.status = 'triggered')::int as open,
        count(*) filter (where a.status = 'resolved' and (i.id is null or i.status = 'resolved'))::int as over
      from alerts a left join incidents i on i.id = a.incident_id`;
    expect(counts).toMatchObject({ open: 20, over: 20 });
  });

  test("stays without an incident, and says so, when its service was disabled meanwhile", async () => {
    const { integration } = await makeScene(db);
    await judged(integration.id, { pause }, disk);
    await db.update(services).set({ disabledAt: new Date() });
    await moveTime({ minutes: 5 });
    await tick(db);
    expect(await db.select().from(alerts)).toMatchObject([
      { suppressed: true, incidentId: null, heldBecause: "The service is disabled, so it opens no alerts" },
    ]);
  });
});

test("an event belongs to the service it is routed to, under the key a rule made", async () => {
  const { integration, policy } = await makeScene(db);
  const other = await makeService(db, { escalationPolicyId: policy.id });
  await judged(integration.id, { serviceId: other.id, dedupKey: "made" }, disk);
  expect(await db.select().from(alerts)).toMatchObject([{ serviceId: other.id, dedupKey: "made" }]);
  expect((await story(db)).incident).toMatchObject({ serviceId: other.id, incidentKey: "made" });
});

test("what was routed to a service that is gone stays with its integration's", async () => {
  const { integration, service } = await makeScene(db);
  await judged(integration.id, { serviceId: "GONE" }, disk);
  expect(await db.select().from(alerts)).toMatchObject([{ serviceId: service.id }]);
});

test("a dropped event leaves its reason on the inbox and nothing else", async () => {
  const { integration } = await makeScene(db);
  const trace = [{ step: "rules", outcome: "dropped", because: "A rule drops the test environment" }];
  await judged(integration.id, { drop: "A rule drops the test environment", trace }, disk);
  expect(await db.select().from(alerts)).toEqual([]);
  expect(await db.select().from(inbox)).toMatchObject([{ outcome: "drop", trace }]);
});
