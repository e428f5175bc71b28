import { asc, eq } from "drizzle-orm";
import { afterAll, expect, test, vi } from "vitest";
import { alerts, inbox, intakeFloods } from "#db/schema/events";
import { pages } from "#db/schema/notifications";
import { processInbox } from "#lib/engine/modules/process-inbox";
import { runIntakeFloods } from "#lib/engine/modules/intake-floods";
import { stopIntake } from "#lib/events/commands/intake";
import { handleIntake } from "#lib/http/intake/route";
import { listIntegrations } from "#lib/services/queries/integrations";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeIntegration, makeService, makeTeam, makeUser } from "#lib/testing/factories";
import { runOnce } from "#lib/testing/paging";

const { db, moveTime } = await useDatabase();
vi.stubEnv("INTAKE_LIMIT_PER_MINUTE", "3");
vi.stubEnv("LOG_LEVEL", "silent");
afterAll(stopIntake);

function post(path: string, body: object): Promise<Response> {
  return handleIntake(
    new Request(`http://touchline.test${path}`, { method: "POST", body: JSON.stringify(body) }),
  );
}

const sendV2 = (key: string, dedupKey: string, action: "trigger" | "resolve" = "trigger") =>
  post("/v2/enqueue", {
    routing_key: key,
    event_action: action,
    dedup_key: dedupKey,
    payload: { summary: "CPU is high", source: "web-1", severity: "critical" },
  });

async function statusesOf(answers: readonly Promise<Response>[]): Promise<number[]> {
  return (await Promise.all(answers)).map(({ status }) => status);
}

const stored = (integrationId: string) =>
  db
    .select({ dedupKey: inbox.dedupKey, action: inbox.action, occurrences: inbox.occurrences })
    .from(inbox)
    .where(eq(inbox.integrationId, integrationId))
    .orderBy(asc(inbox.id));

test("what a key repeats beyond its limit is stored once for all, counted, and none is lost", async () => {
  const service = await makeService(db);
  const integration = await makeIntegration(db, { serviceId: service.id });
  for (let event = 0; event < 3; event += 1) expect((await sendV2(integration.key, "cpu")).status).toBe(202);
  const beyond = Array.from({ length: 8 }, () => sendV2(integration.key, "cpu"));
  const over = sendV2(integration.key, "cpu", "resolve");
  expect(await statusesOf([...beyond, over])).toEqual(Array.from({ length: 9 }, () => 202));
  expect(await stored(integration.id)).toEqual([
    { dedupKey: "cpu", action: "trigger", occurrences: 1 },
    { dedupKey: "cpu", action: "trigger", occurrences: 1 },
    { dedupKey: "cpu", action: "trigger", occurrences: 1 },
    { dedupKey: "cpu", action: "trigger", occurrences: 8 },
    { dedupKey: "cpu", action: "resolve", occurrences: 1 },
  ]);
  await runOnce(db, processInbox);
  const [alert] = await db.select().from(alerts).where(eq(alerts.integrationId, integration.id));
  expect(alert).toMatchObject({ status: "resolved", occurrenceCount: 11 });
});

test("every alert of a notification counts", async () => {
  const integration = await makeIntegration(db);
  const firing = ["a", "b", "c", "d"].map((name) => ({
    status: "firing",
    fingerprint: name,
    labels: { name },
  }));
  const answer = await post(`/integrations/alertmanager/${integration.key}`, {
    status: "firing",
    alerts: firing,
  });
  expect(answer.status).toBe(202);
  expect(await stored(integration.id)).toHaveLength(4);
  const flood = async () =>
    (await db.select().from(intakeFloods).where(eq(intakeFloods.integrationId, integration.id)))[0];
  await vi.waitFor(async () => expect(await flood()).toMatchObject({ coalesced: 4, refused: 0 }), {
    timeout: 5000,
  });
});

test("beyond its limit what can't be counted is refused and told when to come back; others are not touched", async () => {
  const [busy, quiet] = await Promise.all([makeIntegration(db), makeIntegration(db)]);
  for (let event = 0; event < 3; event += 1) expect((await sendV2(busy.key, "cpu")).status).toBe(202);
  const change = { routing_key: busy.key, payload: { summary: "Deployed" } };
  const throttled = await post("/v2/change/enqueue", change);
  expect(throttled.status).toBe(429);
  expect(Number(throttled.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(Number(throttled.headers.get("retry-after"))).toBeLessThanOrEqual(60);
  expect(await throttled.json()).toMatchObject({ status: "throttle exceeded" });
  expect((await post("/v2/change/enqueue", { ...change, routing_key: quiet.key })).status).toBe(202);
});

test("a key's owner is told once that it sends too much, and it is shown until it has been calm", async () => {
  const manager = await makeUser(db, { name: "Mia", role: "manager" });
  const team = await makeTeam(db, { members: [{ userId: manager.id, role: "manager" }] });
  const service = await makeService(db, { teamId: team.id });
  const integration = await makeIntegration(db, { serviceId: service.id });
  const floodOf = async () => (await listIntegrations(actAs(db), service.id))[0]?.flood ?? null;
  const say = async () => {
    expect(await statusesOf(Array.from({ length: 5 }, () => sendV2(integration.key, "cpu")))).toEqual(
      Array.from({ length: 5 }, () => 202),
    );
  };
  const told = () => db.select({ reason: pages.reason }).from(pages).where(eq(pages.userId, manager.id));
  expect(await floodOf()).toBeNull();
  await say();
  await vi.waitFor(async () => expect(await floodOf()).toMatchObject({ coalesced: 2 }), { timeout: 5000 });
  for (let look = 0; look < 2; look += 1) await runOnce(db, runIntakeFloods);
  expect(await told()).toEqual([{ reason: "intake_flood" }]);
  await moveTime({ minutes: 9 });
  await runOnce(db, runIntakeFloods);
  expect(await floodOf()).not.toBeNull();
  await moveTime({ minutes: 2 });
  await runOnce(db, runIntakeFloods);
  expect(await floodOf()).toBeNull();
  expect(await told()).toHaveLength(1);
});
