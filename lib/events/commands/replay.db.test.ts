import { eq, inArray } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { alerts, inbox, intakeErrors } from "#db/schema/events";
import { auditRecords } from "#db/schema/organisation";
import { pages } from "#db/schema/notifications";
import { integrations } from "#db/schema/services";
import { replayIntakeError } from "#lib/events/commands/replay-intake-error";
import { replayIntakeErrors } from "#lib/events/commands/replay-intake-errors";
import { sendTestEvent } from "#lib/events/commands/send-test-event";
import { getEvent, listEvents } from "#lib/events/queries/events";
import { listIntakeErrors } from "#lib/events/queries/intake-errors";
import { newId } from "#lib/ids";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeIntegration } from "#lib/testing/factories";
import { accept, makeScene, tick } from "#lib/testing/scenario";

const { db, now } = await useDatabase();
const manager = actAs(db, { role: "manager" });
const responder = actAs(db, { role: "responder" });

async function makeError(values: Partial<typeof intakeErrors.$inferInsert>): Promise<string> {
  const id = newId();
  await db.insert(intakeErrors).values({
    id,
    receivedAt: await now(),
    source: "alertmanager",
    contentType: "application/json",
    body: JSON.stringify({
      status: "firing",
      alerts: [{ fingerprint: "f1", labels: { alertname: "Disk" } }],
    }),
    reason: "The body is not JSON",
    ...values,
  });
  return id;
}

describe("replaying what could not be understood", () => {
  test("puts its events into the inbox once, and says who did it", async () => {
    const integration = await makeIntegration(db);
    const errorId = await makeError({ integrationId: integration.id });
    expect(await replayIntakeError(manager, { errorId })).toEqual({
      accepted: 1,
      outcome: "1 accepted, 0 rejected, 0 ignored",
    });
    const [row] = await db.select().from(inbox).where(eq(inbox.integrationId, integration.id));
    expect(row).toMatchObject({ source: "alertmanager", dedupKey: "f1", processedAt: null });
    await expect(replayIntakeError(manager, { errorId })).rejects.toMatchObject({ code: "conflict" });
    const { errors } = await listIntakeErrors(manager, { integrationId: integration.id });
    expect(errors[0]?.replayedAt).not.toBeNull();
    const [record] = await db.select().from(auditRecords).where(eq(auditRecords.objectId, errorId));
    expect(record).toMatchObject({ action: "replay", actorName: "Somebody" });
  });

  test("what is still not understood stays to be done", async () => {
    const integration = await makeIntegration(db);
    const errorId = await makeError({ integrationId: integration.id, body: "{" });
    expect(await replayIntakeError(manager, { errorId })).toEqual({
      accepted: 0,
      outcome: "The body is not JSON",
    });
    const { errors } = await listIntakeErrors(manager, { integrationId: integration.id, open: true });
    expect(errors).toMatchObject([{ id: errorId, replayedAt: null, replayOutcome: "The body is not JSON" }]);
  });

  test("an event that could not be processed goes in as it was, with its key", async () => {
    const integration = await makeIntegration(db);
    await accept(db, integration.id, { dedupKey: "once-more" });
    const [row] = await db.select().from(inbox).where(eq(inbox.integrationId, integration.id));
    const body = JSON.stringify(row?.event);
    const errorId = await makeError({ integrationId: integration.id, source: "inbox", body });
    expect((await replayIntakeError(manager, { errorId })).accepted).toBe(1);
    const rows = await db.select().from(inbox).where(eq(inbox.integrationId, integration.id));
    expect(rows.map(({ dedupKey }) => dedupKey)).toEqual(["once-more", "once-more"]);
  });

  test("needs a live integration and the right to configure", async () => {
    const integration = await makeIntegration(db);
    const errorId = await makeError({ integrationId: integration.id });
    await expect(replayIntakeError(responder, { errorId })).rejects.toMatchObject({ code: "forbidden" });
    await db
      .update(integrations)
      .set({ deletedAt: await now() })
      .where(eq(integrations.id, integration.id));
    await expect(replayIntakeError(manager, { errorId })).rejects.toMatchObject({ code: "conflict" });
    await expect(replayIntakeError(manager, { errorId: "none" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("a test event", () => {
  test("goes the whole way: an incident that says it is a test, and a page", async () => {
    const { integration, ann } = await makeScene(db);
    const { dedupKey } = await sendTestEvent(responder, { integrationId: integration.id });
    await tick(db);
    const [alert] = await db.select().from(alerts).where(eq(alerts.dedupKey, dedupKey));
    expect(alert?.summary).toMatch(/^Test of /);
    expect(alert?.customDetails).toMatchObject({ test: true, "sent by": "Somebody" });
    const paged = await db
      .select()
      .from(pages)
      .where(eq(pages.incidentId, alert?.incidentId ?? ""));
    expect(paged.map(({ userId }) => userId)).toEqual([ann.id]);
  });

  test("goes in the format of the product that the integration is for", async () => {
    const { service } = await makeScene(db);
    const integration = await makeIntegration(db, { serviceId: service.id, vendorId: "PVDDG01" });
    const { dedupKey } = await sendTestEvent(responder, { integrationId: integration.id });
    expect(dedupKey).toMatch(/^datadog:test-/);
    const [row] = await db.select().from(inbox).where(eq(inbox.integrationId, integration.id));
    expect(row).toMatchObject({ source: "datadog", raw: { alert_transition: "Triggered" } });
  });

  test("is refused where it would open nothing", async () => {
    const { integration } = await makeScene(db, { disabledAt: await now() });
    await expect(sendTestEvent(responder, { integrationId: integration.id })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("events", () => {
  test("are found by integration, service, alert and incident, newest first, each with its trace", async () => {
    const { integration, service } = await makeScene(db);
    await accept(db, integration.id, { dedupKey: "cpu" }, { dedupKey: "cpu" }, { dedupKey: "disk" });
    await tick(db);
    const mine = await listEvents(responder, { integrationId: integration.id });
    expect(mine.events.map(({ dedupKey }) => dedupKey)).toEqual(["disk", "cpu", "cpu"]);
    expect(await listEvents(responder, { serviceId: service.id })).toEqual(mine);
    const [disk, again, first] = mine.events;
    expect(await getEvent(responder, disk!.id)).toEqual(disk);
    expect(first!.trace.map(({ outcome }) => outcome)).toContain("opened");
    expect(first!.integration).toEqual({ id: integration.id, name: integration.name });
    const ofAlert = await listEvents(responder, { alertId: first!.alertId! });
    expect(ofAlert.events).toEqual([again, first]);
    const ofIncident = await listEvents(responder, { incidentId: first!.incident!.id });
    expect(ofIncident.events).toEqual([again, first]);
    await expect(getEvent(responder, "999999999")).rejects.toMatchObject({ code: "not_found" });
    await expect(getEvent(responder, "nonsense")).rejects.toMatchObject({ code: "not_found" });
  });

  test("are paged by key, and so are intake errors", async () => {
    const integration = await makeIntegration(db);
    await accept(db, integration.id, ...["1", "2", "3"].map((dedupKey) => ({ dedupKey })));
    const scope = { integrationId: integration.id, limit: 2 };
    const one = await listEvents(responder, scope);
    const two = await listEvents(responder, { ...scope, cursor: one.nextCursor });
    expect([...one.events, ...two.events].map(({ dedupKey }) => dedupKey)).toEqual(["3", "2", "1"]);
    expect(two.nextCursor).toBeNull();
    const ids = [];
    for (let count = 0; count < 3; count += 1) ids.push(await makeError({ integrationId: integration.id }));
    const first = await listIntakeErrors(responder, scope);
    const second = await listIntakeErrors(responder, { ...scope, cursor: first.nextCursor });
    expect([...first.errors, ...second.errors].map(({ id }) => id)).toEqual(ids.toReversed());
    expect(second.nextCursor).toBeNull();
  });
});

describe("replaying all", () => {
  test("takes what is understood now, leaves the rest with its reason, and passes over deleted integrations", async () => {
    const { integration } = await makeScene(db);
    const gone = await makeIntegration(db, { deletedAt: await now() });
    const [good, bad, orphan] = [
      await makeError({ integrationId: integration.id }),
      await makeError({ integrationId: integration.id, body: "{" }),
      await makeError({ integrationId: gone.id }),
    ];
    const { tried, understood, accepted, nextAfter } = await replayIntakeErrors(manager, {
      after: before(good),
    });
    expect({ tried, understood, accepted, nextAfter }).toEqual({
      tried: 2,
      understood: 1,
      accepted: 1,
      nextAfter: null,
    });
    const rows = await db
      .select({
        id: intakeErrors.id,
        replayedAt: intakeErrors.replayedAt,
        outcome: intakeErrors.replayOutcome,
      })
      .from(intakeErrors)
      .where(inArray(intakeErrors.id, [good, bad, orphan]))
      .orderBy(intakeErrors.id);
    expect(rows).toEqual([
      { id: good, replayedAt: expect.any(Date), outcome: "1 accepted, 0 rejected, 0 ignored" },
      { id: bad, replayedAt: null, outcome: "The body is not JSON" },
      { id: orphan, replayedAt: null, outcome: null },
    ]);
    await expect(replayIntakeErrors(responder, {})).rejects.toMatchObject({ code: "forbidden" });
  });
});

/** An id that sorts right before another one. */
function before(id: string): string {
  return id.slice(0, -1);
}
