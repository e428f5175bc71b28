import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { inbox, intakeErrors } from "#db/schema/events";
import { jsonMappings } from "#db/schema/json-mappings";
import { auditRecords } from "#db/schema/organisation";
import { integrations } from "#db/schema/services";
import { stopIntake } from "#lib/events/commands/intake";
import { publishMapping } from "#lib/events/commands/publish-mapping";
import { replayIntakeErrors } from "#lib/events/commands/replay-intake-errors";
import { sendTestEvent } from "#lib/events/commands/send-test-event";
import { DEFAULT_MAPPING } from "#lib/events/json-mapping";
import type { JsonMapping } from "#lib/events/json-mapping";
import { readMapping } from "#lib/events/queries/json-mapping";
import { JSON_VENDOR_ID } from "#lib/events/sources/products";
import { handleIntake } from "#lib/http/intake/route";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeIntegration, makeUser } from "#lib/testing/factories";
import { pagesOf, makeScene, tick } from "#lib/testing/scenario";

const { db, sql } = await useDatabase();
afterAll(stopIntake);
beforeEach(async () => {
  await sql`truncate inbox, intake_errors, incidents, alerts, pages, pending_actions, integrations, services, escalation_policies, users, schedules cascade`;
});

const SITES = {
  ...DEFAULT_MAPPING,
  items: "body.sites",
  summary: 'item.site + " is " + item.mood',
  dedupKey: "item.site",
  action: "item.mood",
};

async function send(key: string, body: unknown) {
  const address = `http://touchline.test/integrations/json/${key}`;
  const request = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  const response = await handleIntake(new Request(address, request));
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function publish(integrationId: string, mapping: JsonMapping, expectedVersion = 0) {
  const manager = await makeUser(db, { role: "manager" });
  return publishMapping(actAs(db, manager), { integrationId, mapping, expectedVersion });
}

describe("a message of JSON", () => {
  test("is read by the default mapping, and pages", async () => {
    const { integration } = await makeScene(db);
    expect(await send(integration.key, { id: "d", title: "Disk full", status: "firing" })).toMatchObject({
      status: 202,
      body: { accepted: 1, rejected: [], ignored: 0 },
    });
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Ann assigned"]);
  });

  test("is kept where it is not understood, and understood after a mapping was published, also of a known key", async () => {
    const { integration } = await makeScene(db);
    const body = {
      sites: [
        { site: "fra", mood: "down" },
        { site: "ams", mood: "ok" },
        { site: "lhr", mood: 4 },
      ],
    };
    expect(await send(integration.key, body)).toMatchObject({
      body: { accepted: 0, rejected: [{ index: 0, reason: expect.stringMatching(/^summary and dedupKey/) }] },
    });
    expect(await publish(integration.id, SITES)).toEqual({ version: 1 });
    const manager = actAs(db, { role: "manager" });
    expect(await replayIntakeErrors(manager, {})).toMatchObject({ understood: 1, accepted: 2 });
    await expect
      .poll(async () => (await send(integration.key, body)).body)
      .toMatchObject({ accepted: 2, rejected: [{ index: 2, reason: expect.stringMatching(/^summary: /) }] });
    const [kept] = await db
      .select()
      .from(intakeErrors)
      .where(eq(intakeErrors.body, JSON.stringify({ sites: [body.sites[2]] })));
    expect(kept).toMatchObject({ source: "json", integrationId: integration.id });
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Ann assigned"]);
    const { messages } = await readMapping(manager, integration.id);
    expect(messages.map(({ isUnread, words }) => [isUnread, words])).toContainEqual([false, "fra is down"]);
    expect(messages[0]).toMatchObject({ isUnread: true });
  });

  test("can come in the query of an address", async () => {
    const integration = await makeIntegration(db);
    const address = `http://touchline.test/integrations/json/${integration.key}?title=Door+open&state=open`;
    expect((await handleIntake(new Request(address))).status).toBe(202);
    expect(await db.select({ key: inbox.dedupKey }).from(inbox)).toEqual([{ key: "unknown: Door open" }]);
  });
});

describe("publishing a mapping", () => {
  test("keeps every version, tells who changed what, and refuses an editor that is behind", async () => {
    const integration = await makeIntegration(db);
    await publish(integration.id, SITES);
    await publish(integration.id, { ...SITES, group: "item.site" }, 1);
    await expect(publish(integration.id, SITES, 1)).rejects.toMatchObject({ code: "conflict" });
    expect(await db.select({ version: jsonMappings.version }).from(jsonMappings)).toHaveLength(2);
    const records = await db.select().from(auditRecords).where(eq(auditRecords.objectType, "json_mapping"));
    const record = records.find(({ after }) => after?.["version"] === 2);
    expect(record).toMatchObject({
      action: "publish",
      before: { version: 1, group: DEFAULT_MAPPING.group },
      after: { version: 2, group: "item.site" },
    });
    const mapping = await readMapping(actAs(db), integration.id);
    expect(mapping).toMatchObject({
      version: 2,
      mapping: { group: "item.site" },
      versions: [{ version: 2 }, { version: 1 }],
    });
  });

  test("refuses what can't be understood, by field and place", async () => {
    const integration = await makeIntegration(db);
    await expect(publish(integration.id, { ...SITES, group: "item.", time: "now" })).rejects.toMatchObject({
      code: "invalid",
      fields: [
        { field: "mapping.group", message: expect.stringMatching(/at character 6/) },
        { field: "mapping.time" },
      ],
    });
    expect(await db.select().from(jsonMappings)).toEqual([]);
  });

  test("needs the right to configure", async () => {
    const integration = await makeIntegration(db);
    const input = { integrationId: integration.id, mapping: SITES, expectedVersion: 0 };
    await expect(publishMapping(actAs(db, { role: "responder" }), input)).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

test("the test event pages whatever the mapping makes of it", async () => {
  const { integration } = await makeScene(db);
  await db.update(integrations).set({ vendorId: JSON_VENDOR_ID }).where(eq(integrations.id, integration.id));
  const responder = actAs(db, { role: "responder" });
  await sendTestEvent(responder, { integrationId: integration.id });
  await publish(integration.id, SITES);
  await sendTestEvent(responder, { integrationId: integration.id });
  const rows = await db.select({ source: inbox.source, action: inbox.action }).from(inbox).orderBy(inbox.id);
  expect(rows).toEqual([
    { source: "json", action: "trigger" },
    { source: "test", action: "trigger" },
  ]);
});
