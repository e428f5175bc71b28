import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { ruleCalls, ruleWebhooks } from "#db/schema/rule-webhooks";
import { auditRecords } from "#db/schema/organisation";
import { runRuleCalls } from "#lib/engine/modules/rule-calls";
import { claimCalls } from "#lib/rules/commands/claim-calls";
import { deleteWebhook } from "#lib/rules/commands/delete-webhook";
import { publishRules } from "#lib/rules/commands/publish-rules";
import { createWebhook, updateWebhook } from "#lib/rules/commands/save-webhook";
import { testWebhook } from "#lib/rules/commands/test-webhook";
import { listWebhooks } from "#lib/rules/queries/webhooks";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeUser } from "#lib/testing/factories";
import { runOnce } from "#lib/testing/paging";
import { pathOf, ruleOf } from "#lib/testing/rules";
import { accept, makeScene, tick } from "#lib/testing/scenario";

vi.stubEnv("ALLOW_PRIVATE_DESTINATIONS", "true");
const { db, moveTime, sql } = await useDatabase();
const manager = actAs(db, { role: "manager" });

const heard: { headers: IncomingHttpHeaders; body: string }[] = [];
const answers: number[] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(answers.shift() ?? 204).end();
  });
});
await new Promise<void>((done) => {
  server.listen(0, "127.0.0.1", done);
});
const address = server.address();
const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/hook`;
afterAll(() => new Promise((done) => server.close(done)));

beforeEach(async () => {
  await sql`truncate inbox, incidents, alerts, pages, pending_actions, integrations, services, escalation_policies, users, schedules, rule_sets, rule_webhooks, audit_records cascade`;
  heard.length = 0;
  answers.length = 0;
});

async function callingScene(template: string | null = null) {
  const scene = await makeScene(db);
  const webhook = await createWebhook(manager, {
    name: "Restart",
    url,
    headers: { authorization: "Bearer t0p" },
    template,
  });
  const user = await makeUser(db, { role: "manager" });
  await publishRules(actAs(db, user), {
    kind: "service",
    serviceId: scene.service.id,
    path: pathOf([ruleOf("call", 'event.source == "host-1"', { webhooks: [webhook.id], tags: ["called"] })]),
    reason: "Restart it",
    expectedVersion: 0,
  });
  return { ...scene, webhook };
}

test("a rule that matches calls its webhook once, signed, after the batch is committed", async () => {
  const { integration, webhook } = await callingScene();
  await accept(db, integration.id, { dedupKey: "disk" }, { dedupKey: "other", source: "host-2" });
  await tick(db);
  expect(heard).toEqual([]);
  await runOnce(db, runRuleCalls);
  expect(heard).toHaveLength(1);
  const [{ headers, body }] = heard as [(typeof heard)[number]];
  expect(JSON.parse(body)).toMatchObject({
    type: "rule.matched",
    rule: { id: "call", version: 1 },
    event: { dedup_key: "disk", summary: "Symptom disk" },
    tags: ["called"],
  });
  const [, at, mac] = /^t=(\d+),v1=(\w+)$/.exec(String(headers["x-touchline-signature"])) ?? [];
  expect(mac).toBe(createHmac("sha256", webhook.signingSecret).update(`${at}.${body}`).digest("hex"));
  expect(headers).toMatchObject({ authorization: "Bearer t0p", "content-type": "application/json" });
  await runOnce(db, runRuleCalls);
  expect(heard).toHaveLength(1);
  expect(await listWebhooks(manager)).toMatchObject([
    { url, headerNames: ["authorization"], calls: [{ state: "delivered", attempts: 1, error: null }] },
  ]);
  expect(await listWebhooks(actAs(db, { role: "observer" }))).toMatchObject([{ url: null }]);
});

test("a template is filled in with what the event says", async () => {
  const { integration } = await callingScene('{"text": "{{event.summary}} on {{event.source}}"}');
  await accept(db, integration.id, { dedupKey: "q", summary: 'It said "no"' });
  await tick(db);
  await runOnce(db, runRuleCalls);
  expect(heard.map(({ body }) => JSON.parse(body) as unknown)).toEqual([{ text: 'It said "no" on host-1' }]);
});

test("repetitions wait a minute and are counted on one call", async () => {
  const { integration } = await callingScene();
  for (let sent = 0; sent < 5; sent += 1) {
    await accept(db, integration.id, { dedupKey: "disk" });
    await tick(db);
    await runOnce(db, runRuleCalls);
  }
  expect(heard).toHaveLength(1);
  await moveTime({ seconds: 61 });
  await runOnce(db, runRuleCalls);
  expect(heard).toHaveLength(2);
  const calls = await db.select().from(ruleCalls).orderBy(ruleCalls.createdAt);
  expect(calls.map(({ occurrences }) => occurrences)).toEqual([1, 4]);
});

test("what fails is tried again under the same key; what is refused for good is given up with its reason", async () => {
  const { integration } = await callingScene();
  answers.push(503, 204);
  await accept(db, integration.id, { dedupKey: "disk" });
  await tick(db);
  await runOnce(db, runRuleCalls);
  await runOnce(db, runRuleCalls);
  expect(heard).toHaveLength(1);
  await moveTime({ seconds: 10 });
  await runOnce(db, runRuleCalls);
  expect(new Set(heard.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
  expect(await db.select().from(ruleCalls)).toMatchObject([{ attempts: 2, lastError: null }]);
  answers.push(410);
  await accept(db, integration.id, { dedupKey: "gone" });
  await tick(db);
  await runOnce(db, runRuleCalls);
  expect(await listWebhooks(manager)).toMatchObject([
    { calls: [{ state: "failed", error: "HTTP 410" }, { state: "delivered" }] },
  ]);
});

test("an engine that dies with a call in hand loses nothing, and what it records late is not believed", async () => {
  const { integration } = await callingScene();
  await accept(db, integration.id, { dedupKey: "disk" });
  await tick(db);
  expect(await claimCalls(db, 20)).toHaveLength(1);
  expect(await claimCalls(db, 20)).toEqual([]);
  await moveTime({ seconds: 61 });
  await runOnce(db, runRuleCalls);
  expect(heard).toHaveLength(1);
});

test("a webhook is tested, changed without losing its headers, and deleted with what waits for it", async () => {
  const { webhook } = await callingScene();
  await testWebhook(manager, webhook.id);
  await runOnce(db, runRuleCalls);
  expect(JSON.parse(heard[0]?.body ?? "")).toMatchObject({ type: "test" });
  await updateWebhook(manager, { webhookId: webhook.id, name: "Restart it" });
  expect(await listWebhooks(manager)).toMatchObject([
    { name: "Restart it", url, headerNames: ["authorization"] },
  ]);
  const [stored] = await db.select().from(ruleWebhooks);
  expect(JSON.stringify([stored, await db.select().from(auditRecords)])).not.toContain("t0p");
  await expect(
    updateWebhook(manager, { webhookId: webhook.id, template: '{"a": {{event.summary}}}' }),
  ).rejects.toMatchObject({
    fields: [{ field: "template" }],
  });
  await expect(createWebhook(manager, { name: "x", url, headers: { host: "y" } })).rejects.toMatchObject({
    code: "invalid",
  });
  await expect(testWebhook(actAs(db, { role: "responder" }), webhook.id)).rejects.toMatchObject({
    code: "forbidden",
  });
  await testWebhook(manager, webhook.id);
  await deleteWebhook(manager, webhook.id);
  expect(await db.select().from(ruleCalls)).toEqual([]);
});
