import { beforeEach, expect, test } from "vitest";
import { alerts } from "#db/schema/events";
import { incidents } from "#db/schema/incidents";
import { storms } from "#db/schema/noise";
import { processInbox } from "#lib/engine/modules/process-inbox";
import { watchStormsModule } from "#lib/engine/modules/watch-storms";
import { saveQuietSettings } from "#lib/noise/commands/save-quiet";
import { listStorms } from "#lib/noise/queries/storms";
import { actAs } from "#lib/testing/factories";
import { useDatabase } from "#lib/testing/database";
import { accept, makeScene, pagesOf, tick } from "#lib/testing/scenario";

const { db, moveTime, sql } = await useDatabase();

beforeEach(async () => {
  await sql`truncate inbox, incidents, alerts, pages, pending_actions, integrations, services, escalation_policies, users, schedules, groupings, alert_templates, storms, outbox cascade`;
});

const kinds = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => ({ dedupKey: `k${from + n}`, summary: `Kind ${from + n}` }));

async function setStormMode(serviceId: string, stormMode: boolean) {
  await saveQuietSettings(actAs(db), { serviceId, autoPauseSeconds: null, dampFlapping: false, stormMode });
}

test("a storm puts all that is new onto one incident, pages nobody for it, and ends when it calms down", async () => {
  const { integration, service } = await makeScene(db);
  await setStormMode(service.id, true);
  await accept(db, integration.id, ...kinds(0, 25));
  await tick(db, "test", [processInbox]);
  const look = () => tick(db, "test", [watchStormsModule()]);
  expect(await db.select().from(incidents)).toHaveLength(25);
  await look();
  const [storm] = await db.select().from(storms);
  expect(storm?.because).toMatch(/^25 new alerts within 5 min/);
  const reader = actAs(db, { role: "stakeholder" });
  expect(await listStorms(reader)).toMatchObject([
    { service: { id: service.id }, incident: { isOpen: true, alertCount: 1 }, otherIncidents: 24 },
  ]);
  const opened = await db.select({ id: incidents.id }).from(incidents).orderBy(incidents.number);
  const others = opened.flatMap(({ id }) => (id === storm?.incidentId ? [] : id));
  expect((await listStorms(reader))[0]?.openedWith).toEqual(others);
  await sql`update incidents set created_at = created_at - interval '21 minutes' where id = ${others[0]!}`;
  expect((await listStorms(reader))[0]?.openedWith).toEqual(others.slice(1));
  expect(await listStorms(reader, "another")).toEqual([]);
  const paged = (await pagesOf(db)).length;
  await accept(db, integration.id, ...kinds(25, 60));
  await tick(db, "test", [processInbox]);
  expect(await db.select().from(incidents)).toHaveLength(25);
  expect((await pagesOf(db)).length).toBe(paged);
  const joined = (await db.select().from(alerts)).filter(
    ({ groupingReason }) => groupingReason?.mode === "storm",
  );
  expect(joined).toHaveLength(35);
  expect(new Set(joined.map(({ incidentId }) => incidentId))).toEqual(new Set([storm?.incidentId]));
  expect(await listStorms(reader, service.id)).toMatchObject([{ incident: { alertCount: 36 } }]);
  await moveTime({ minutes: 25 });
  await look();
  expect(await listStorms(reader)).toEqual([]);
  const told = await sql`select topic from outbox where entity_type = 'storm' order by id`;
  expect(told.map(({ topic }) => topic)).toEqual(["storm.began", "storm.ended"]);
  expect((await db.select().from(storms)).map(({ endedAt }) => endedAt !== null)).toEqual([true]);
  await accept(db, integration.id, ...kinds(60, 61));
  await tick(db, "test", [processInbox]);
  expect(await db.select().from(incidents)).toHaveLength(26);
});

test("a service that doesn't want storm mode, or has few alerts, has no storm", async () => {
  const { integration, service } = await makeScene(db);
  await setStormMode(service.id, true);
  await accept(db, integration.id, ...kinds(0, 15));
  await tick(db, "test", [processInbox, watchStormsModule()]);
  await setStormMode(service.id, false);
  await accept(db, integration.id, ...kinds(15, 40));
  await tick(db, "test", [processInbox, watchStormsModule()]);
  expect(await db.select().from(storms)).toEqual([]);
});
