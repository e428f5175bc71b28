import { asc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { alerts, inbox } from "#db/schema/events";
import { incidents, logEntries } from "#db/schema/incidents";
import { groupings, groupingServices } from "#db/schema/noise";
import { processInbox } from "#lib/engine/modules/process-inbox";
import { newId } from "#lib/ids";
import { resolveIncidents } from "#lib/incidents/commands/resolve";
import { actAs, makeIntegration, makeService } from "#lib/testing/factories";
import { useDatabase } from "#lib/testing/database";
import { accept, makeScene, pagesOf, tick } from "#lib/testing/scenario";
import type { EventInput } from "#lib/testing/scenario";

const { db, moveTime, sql } = await useDatabase();

beforeEach(async () => {
  await sql`truncate inbox, incidents, alerts, pages, pending_actions, integrations, services, escalation_policies, users, schedules, groupings, alert_templates, grouping_feedback cascade`;
});

async function gatherBy(serviceIds: string[], values: Partial<typeof groupings.$inferInsert> = {}) {
  const id = newId();
  const at = new Date("2026-01-01T00:00:00Z");
  await db.insert(groupings).values({
    id,
    mode: "similarity",
    windowSeconds: 900,
    aggregate: "all",
    threshold: 0.72,
    createdAt: at,
    updatedAt: at,
    ...values,
  });
  await db.insert(groupingServices).values(serviceIds.map((serviceId) => ({ serviceId, groupingId: id })));
}

const disk = (host: number, values: Partial<EventInput> = {}): EventInput => ({
  dedupKey: `disk-${host}`,
  summary: `Disk ${80 + host} % full on web-${host}`,
  ...values,
});

async function placement() {
  const rows = await db
    .select({ key: alerts.dedupKey, number: incidents.number, reason: alerts.groupingReason })
    .from(alerts)
    .leftJoin(incidents, eq(incidents.id, alerts.incidentId))
    .orderBy(asc(alerts.dedupKey));
  const [first = 0] = rows.map(({ number }) => number ?? 0).toSorted((a, b) => a - b);
  return rows.map(({ key, number }) => `${key} ${(number ?? 0) - first}`);
}

describe("alerts of one cause", () => {
  test("join the open incident: nobody is paged again, and the reason is kept", async () => {
    const { integration, service } = await makeScene(db);
    await gatherBy([service.id]);
    await accept(db, integration.id, disk(1));
    await tick(db);
    await accept(db, integration.id, disk(2), { dedupKey: "login", summary: "Login fails" });
    await tick(db);
    expect(await placement()).toEqual(["disk-1 0", "disk-2 0", "login 1"]);
    expect(await pagesOf(db)).toEqual(["Ann assigned", "Ann assigned"]);
    const [joined] = await db.select().from(alerts).where(eq(alerts.dedupKey, "disk-2"));
    expect(joined?.groupingReason).toMatchObject({ joined: true, score: 0.8, threshold: 0.72 });
    const [event] = await db.select({ trace: inbox.trace }).from(inbox).where(eq(inbox.dedupKey, "disk-2"));
    expect(event?.trace?.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      "deduplicate created",
      "group joined",
    ]);
    const added = await db.select().from(logEntries).where(eq(logEntries.type, "alert_added"));
    expect(added.map(({ data }) => data["count"])).toEqual([1]);
  });

  test("that come in one batch are on one incident, opened with the highest urgency among them", async () => {
    const { integration, service } = await makeScene(db, {
      urgencyRule: { type: "constant", urgency: "severity_based" },
    });
    await gatherBy([service.id]);
    await accept(
      db,
      integration.id,
      disk(1, { severity: "warning" }),
      disk(2, { severity: "critical" }),
      disk(3),
    );
    await tick(db);
    expect(new Set(await placement()).size).toBe(3);
    expect(await db.select({ urgency: incidents.urgency }).from(incidents)).toEqual([{ urgency: "high" }]);
  });

  test("end their incident with the last of them", async () => {
    const { integration, service } = await makeScene(db);
    await gatherBy([service.id]);
    await accept(db, integration.id, disk(1), disk(2));
    await tick(db);
    await accept(db, integration.id, { ...disk(1), action: "resolve" });
    await tick(db);
    expect((await db.select().from(incidents)).map(({ status }) => status)).toEqual(["triggered"]);
    await accept(db, integration.id, { ...disk(2), action: "resolve" });
    await tick(db);
    expect((await db.select().from(incidents)).map(({ status }) => status)).toEqual(["resolved"]);
    expect((await db.select().from(alerts)).map(({ selfResolved }) => selfResolved)).toEqual([true, true]);
  });

  test("open an incident of their own once the other is resolved, or the window is over", async () => {
    const { integration, service, ann } = await makeScene(db);
    await gatherBy([service.id]);
    await accept(db, integration.id, disk(1));
    await tick(db);
    const [incident] = await db.select().from(incidents);
    await resolveIncidents(actAs(db, ann), { incidentIds: [incident!.id], resolution: null });
    await accept(db, integration.id, disk(2));
    await tick(db);
    await moveTime({ minutes: 16 });
    await accept(db, integration.id, disk(3));
    await tick(db);
    expect(await placement()).toEqual(["disk-1 0", "disk-2 1", "disk-3 2"]);
  });

  test("a worse one raises the urgency of what it joins, if the service wants that", async () => {
    const urgencyRule = { type: "constant" as const, urgency: "severity_based" as const };
    const { integration, service } = await makeScene(db, { urgencyRule });
    await gatherBy([service.id]);
    await accept(db, integration.id, disk(1, { severity: "warning" }));
    await tick(db);
    await accept(db, integration.id, disk(2, { severity: "critical" }));
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Ann assigned", "Ann urgency_raised"]);
    const [incident] = await db.select().from(incidents);
    expect(incident?.urgency).toBe("high");
  });

  test("stay where they are if the service doesn't want that", async () => {
    const urgencyRule = { type: "constant" as const, urgency: "severity_based" as const };
    const { integration, service } = await makeScene(db, { urgencyRule });
    await gatherBy([service.id], { raisesUrgency: false });
    await accept(db, integration.id, disk(1, { severity: "warning" }));
    await tick(db);
    await accept(db, integration.id, disk(2, { severity: "critical" }));
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Ann assigned"]);
  });
});

test("two services of a set share incidents, others don't", async () => {
  const { integration, service, policy } = await makeScene(db);
  const [other, apart] = [
    await makeService(db, { escalationPolicyId: policy.id }),
    await makeService(db, { escalationPolicyId: policy.id }),
  ];
  const [second, third] = [
    await makeIntegration(db, { serviceId: other.id }),
    await makeIntegration(db, { serviceId: apart.id }),
  ];
  await gatherBy([service.id, other.id], { name: "Shop", mode: "content", fields: ["component"] });
  await gatherBy([apart.id], { mode: "content", fields: ["component"] });
  const about = { component: "db" };
  await accept(db, integration.id, disk(1, about));
  await accept(db, second.id, disk(2, about));
  await accept(db, third.id, disk(3, about));
  await tick(db);
  const found = await placement();
  expect(found[0]?.split(" ")[1]).toBe(found[1]?.split(" ")[1]);
  expect(found[2]?.split(" ")[1]).not.toBe(found[0]?.split(" ")[1]);
});

test("two engines at once: one incident for one cause, whatever the lanes", async () => {
  const { integration, service } = await makeScene(db);
  await gatherBy([service.id]);
  await accept(db, integration.id, ...Array.from({ length: 24 }, (_, host) => disk(host)));
  await Promise.all(["one", "two"].map((engineId) => tick(db, engineId, [processInbox])));
  expect(await db.select().from(incidents)).toHaveLength(1);
  expect(await db.select().from(alerts)).toHaveLength(24);
  expect(await pagesOf(db)).toEqual(["Ann assigned"]);
});
