import { asc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { alerts } from "#db/schema/events";
import { incidents } from "#db/schema/incidents";
import { groupingFeedback } from "#db/schema/noise";
import { auditRecords } from "#db/schema/organisation";
import { integrations } from "#db/schema/services";
import { mergeIncidents } from "#lib/incidents/commands/merge";
import { judgeAlert } from "#lib/noise/commands/judge-alert";
import { moveAlerts } from "#lib/noise/commands/move-alerts";
import { saveGroupingSet, saveServiceGrouping } from "#lib/noise/commands/save-grouping";
import { USUAL_GROUPING } from "#lib/noise/usual-grouping";
import { actAs, makeService } from "#lib/testing/factories";
import { useDatabase } from "#lib/testing/database";
import { accept, makeScene, pagesOf, tick } from "#lib/testing/scenario";

const { db, sql } = await useDatabase();

beforeEach(async () => {
  await sql`truncate inbox, incidents, alerts, pages, pending_actions, integrations, services, escalation_policies, users, schedules, groupings, alert_templates, grouping_feedback, audit_records cascade`;
});

const setting = { ...USUAL_GROUPING, fields: [], mode: "similarity" as const };
const disk = (host: number) => ({ dedupKey: `disk-${host}`, summary: `Disk ${host} % full on web-${host}` });
const login = { dedupKey: "login", summary: "Login fails" };

async function scene() {
  const made = await makeScene(db);
  const ctx = actAs(db);
  await saveServiceGrouping(ctx, { serviceId: made.service.id, ...setting });
  const send = async (...events: Parameters<typeof accept>[2][]) => {
    await accept(db, made.integration.id, ...events);
    await tick(db);
  };
  return { ...made, ctx, send };
}

const open = () => db.select().from(incidents).orderBy(asc(incidents.number));
const keyed = async (key: string) => (await db.select().from(alerts).where(eq(alerts.dedupKey, key)))[0]!;
const taught = async () =>
  (await db.select().from(groupingFeedback)).map(({ judgement, via }) => `${judgement} by ${via}`);

describe("moving alerts", () => {
  test("out pages the service's people for a new incident, teaches, and leaves a trace on both", async () => {
    const { ctx, send } = await scene();
    await send(disk(1), disk(2));
    const [first] = await open();
    const moved = await keyed("disk-2");
    await moveAlerts(ctx, { incidentId: first!.id, alertIds: [moved.id], toIncidentId: null });
    const [, second] = await open();
    expect((await keyed("disk-2")).incidentId).toBe(second!.id);
    expect((await keyed("disk-2")).groupingReason?.sentence).toBe("Somebody moved it here");
    expect(await pagesOf(db)).toEqual(["Ann assigned", "Ann assigned"]);
    expect(await taught()).toEqual(["apart by move"]);
    await send(disk(3));
    expect(await open()).toHaveLength(3);
  });

  test("out opens an incident that was found the way its integration finds", async () => {
    const { ctx, send, integration } = await scene();
    await db
      .update(integrations)
      .set({ detectionSource: "customer_report" })
      .where(eq(integrations.id, integration.id));
    await send(disk(1), disk(2));
    const [first] = await open();
    const moved = await keyed("disk-2");
    await moveAlerts(ctx, { incidentId: first!.id, alertIds: [moved.id], toIncidentId: null });
    expect((await open()).map(({ detectionSource }) => detectionSource)).toEqual([
      "customer_report",
      "customer_report",
    ]);
  });

  test("the last open one to another incident resolves what it leaves, and pages nobody", async () => {
    const { ctx, send } = await scene();
    await send(disk(1));
    await send(login);
    const [first, second] = await open();
    const moved = await keyed("login");
    await moveAlerts(ctx, { incidentId: second!.id, alertIds: [moved.id], toIncidentId: first!.id });
    expect((await open()).map(({ status }) => status)).toEqual(["triggered", "resolved"]);
    expect(await taught()).toEqual(["together by move"]);
    expect(await pagesOf(db)).toHaveLength(2);
  });

  test("is refused for what isn't there, is over, or by those who may not respond", async () => {
    const { ctx, send } = await scene();
    await send(disk(1));
    await send(login);
    const [first, second] = await open();
    const { id } = await keyed("login");
    const move = (values: object, who = ctx) =>
      moveAlerts(who, { incidentId: second!.id, alertIds: [id], toIncidentId: null, ...values });
    await expect(move({ incidentId: first!.id })).rejects.toMatchObject({ code: "not_found" });
    await expect(move({ toIncidentId: second!.id })).rejects.toMatchObject({ code: "not_found" });
    await expect(move({ alertIds: [] })).rejects.toMatchObject({ code: "invalid" });
    await expect(move({}, actAs(db, { role: "observer" }))).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("merging twice teaches that two kinds belong together, however different their texts", async () => {
  const { ctx, send } = await scene();
  for (const host of [1, 2]) {
    await send(disk(host));
    await send({ ...login, dedupKey: `login-${host}` });
    const [target, source] = (await open()).filter(({ status }) => status !== "resolved");
    await mergeIncidents(ctx, { targetId: target!.id, sourceIds: [source!.id] });
    await send({ ...disk(host), action: "resolve" }, { dedupKey: `login-${host}`, action: "resolve" });
  }
  expect(await taught()).toEqual(["together by merge", "together by merge"]);
  await send(disk(3));
  await send({ ...login, dedupKey: "login-3" });
  const [disk3, login3] = [await keyed("disk-3"), await keyed("login-3")];
  expect(login3.incidentId).toBe(disk3.incidentId);
  expect(login3.groupingReason?.sentence).toMatch(/people put the two together 2 times; score 0\.75/);
});

test("a verdict teaches without moving, and a new one replaces the person's last", async () => {
  const { send, ann } = await scene();
  await send(disk(1), disk(2));
  const { id } = await keyed("disk-2");
  await judgeAlert(actAs(db, ann), { alertId: id, judgement: "apart" });
  await judgeAlert(actAs(db, ann), { alertId: id, judgement: "together" });
  expect(await taught()).toEqual(["together by verdict"]);
  expect(await open()).toHaveLength(1);
});

describe("settings", () => {
  test("belong to one set, are audited, and refuse what is outdated or incomplete", async () => {
    const { ctx, service, policy } = await scene();
    const other = await makeService(db, { escalationPolicyId: policy.id });
    const set = { groupingId: null, name: "Shop", serviceIds: [service.id, other.id], ...setting };
    const { groupingId } = await saveGroupingSet(ctx, set);
    await expect(saveServiceGrouping(ctx, { serviceId: service.id, ...setting })).rejects.toThrow(
      /belongs to “Shop”/,
    );
    await expect(saveGroupingSet(ctx, { ...set, name: "Other" })).rejects.toThrow(
      /belongs to “Shop” already/,
    );
    await expect(saveGroupingSet(ctx, { ...set, groupingId, expectedVersion: 7 })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(saveGroupingSet(ctx, { ...set, groupingId, mode: "content" })).rejects.toMatchObject({
      fields: [{ field: "fields" }],
    });
    await expect(saveGroupingSet(actAs(db, { role: "responder" }), set)).rejects.toMatchObject({
      code: "forbidden",
    });
    const records = await db.select().from(auditRecords).where(eq(auditRecords.objectType, "grouping"));
    expect(records.map(({ action }) => action)).toEqual(["create", "create"]);
  });
});
