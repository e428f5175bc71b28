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

test("alerts that break out go onto one incident at once, which pages once, and the storm ends when it calms down", async () => {
  const { integration, service } = await makeScene(db);
  await setStormMode(service.id, true);
  await accept(db, integration.id, ...kinds(0, 45));
  await tick(db, "test", [processInbox]);
  const [incident, ...more] = await db.select().from(incidents);
  expect(more).toEqual([]);
  expect(await pagesOf(db)).toHaveLength(1);
  const stored = await db.select().from(alerts);
  expect(stored.map(({ incidentId }) => incidentId)).toEqual(Array(45).fill(incident?.id));
  expect(stored.filter(({ groupingReason }) => groupingReason?.mode === "storm")).toHaveLength(44);
  const [storm] = await db.select().from(storms);
  expect(storm).toMatchObject({ incidentId: incident?.id, endedAt: null });
  expect(storm?.because).toMatch(/^45 new alerts within 5 min/);
  await moveTime({ minutes: 25 });
  await tick(db, "test", [watchStormsModule()]);
  const told = await sql`select topic from outbox where entity_type = 'storm' order by id`;
  expect(told.map(({ topic }) => topic)).toEqual(["storm.began", "storm.ended"]);
  await accept(db, integration.id, ...kinds(45, 46));
  await tick(db, "test", [processInbox]);
  expect(await db.select().from(incidents)).toHaveLength(2);
});

test("a storm takes over the newest of the incidents that opened before it could be told, and pages nobody again", async () => {
  const { integration, service } = await makeScene(db);
  await setStormMode(service.id, true);
  await accept(db, integration.id, ...kinds(0, 20));
  await tick(db, "test", [processInbox]);
  expect(await db.select().from(storms)).toEqual([]);
  const opened = await db.select({ id: incidents.id }).from(incidents).orderBy(incidents.number);
  expect(opened).toHaveLength(20);
  const paged = (await pagesOf(db)).length;
  await accept(db, integration.id, ...kinds(20, 21));
  await tick(db, "test", [processInbox]);
  expect(await db.select().from(incidents)).toHaveLength(20);
  expect((await pagesOf(db)).length).toBe(paged);
  const [storm] = await db.select().from(storms);
  const others = opened.flatMap(({ id }) => (id === storm?.incidentId ? [] : id));
  expect(others).toHaveLength(19);
  const reader = actAs(db, { role: "stakeholder" });
  expect(await listStorms(reader)).toMatchObject([
    { service: { id: service.id }, incident: { isOpen: true, alertCount: 2 }, otherIncidents: 19 },
  ]);
  expect((await listStorms(reader))[0]?.openedWith).toEqual(others);
  await sql`update incidents set created_at = created_at - interval '21 minutes' where id = ${others[0]!}`;
  expect((await listStorms(reader))[0]?.openedWith).toEqual(others.slice(1));
  expect(await listStorms(reader, "another")).toEqual([]);
});

test("a storm that gathers slowly is seen by who looks twice a minute", async () => {
  const { integration, service } = await makeScene(db);
  await setStormMode(service.id, true);
  await accept(db, integration.id, ...kinds(0, 15));
  await tick(db, "test", [processInbox, watchStormsModule()]);
  await moveTime({ minutes: 12 });
  await accept(db, integration.id, ...kinds(15, 30));
  await tick(db, "test", [processInbox]);
  expect(await db.select().from(storms)).toEqual([]);
  await tick(db, "test", [watchStormsModule()]);
  const [storm] = await db.select().from(storms);
  expect(storm?.because).toMatch(/^15 and 15 new alerts in two times 10 min/);
  expect(storm?.incidentId).not.toBeNull();
});

test("a service that is as busy every week at this hour is in no storm", async () => {
  const { integration, service } = await makeScene(db);
  await accept(db, integration.id, ...kinds(0, 336));
  await tick(db, "test", [processInbox]);
  // Seven in each ten minutes of an hour around this one, in each of eight weeks.
  await sql`
    update alerts set created_at = now() - make_interval(weeks => 1 + n % 8, mins => 10 * (n / 8 % 6) - 15)
    from (select id, row_number() over (order by id)::int - 1 as n from alerts) numbered where numbered.id = alerts.id`;
  await setStormMode(service.id, true);
  await accept(db, integration.id, ...kinds(1000, 1022));
  await tick(db, "test", [processInbox]);
  expect(await db.select().from(storms)).toEqual([]);
  await accept(db, integration.id, ...kinds(1022, 1050));
  await tick(db, "test", [processInbox]);
  const [storm] = await db.select().from(storms);
  expect(storm?.because).toMatch(/^50 new alerts within 5 min; in 10 min [67] would be usual/);
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
  expect(await db.select().from(incidents)).toHaveLength(40);
});
