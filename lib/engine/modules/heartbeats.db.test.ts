import { eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { heartbeats } from "#db/schema/heartbeats";
import { incidents } from "#db/schema/incidents";
import { auditRecords } from "#db/schema/organisation";
import { runHeartbeats } from "#lib/engine/modules/heartbeats";
import { processInbox } from "#lib/engine/modules/process-inbox";
import { stopIntake } from "#lib/events/commands/intake";
import { createHeartbeat } from "#lib/heartbeats/commands/create-heartbeat";
import { updateHeartbeat } from "#lib/heartbeats/commands/update-heartbeat";
import { getHeartbeat } from "#lib/heartbeats/queries/heartbeats";
import { handleIntake } from "#lib/http/intake/route";
import { deleteIntegration } from "#lib/services/commands/delete-integration";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeIntegration } from "#lib/testing/factories";
import { makeScene, tick } from "#lib/testing/scenario";

const { db, moveTime } = await useDatabase();
const manager = actAs(db, { role: "manager" });
afterAll(stopIntake);

const look = (engineId = "test") => tick(db, engineId, [runHeartbeats, processInbox]);

async function signal(key: string, method = "GET") {
  const response = await handleIntake(
    new Request(`http://touchline.test/integrations/heartbeat/${key}`, { method }),
  );
  return response.status;
}

async function makeHeartbeat() {
  const { service } = await makeScene(db);
  const made = await createHeartbeat(manager, {
    serviceId: service.id,
    name: "Backup",
    everySeconds: 3600,
    graceSeconds: 300,
  });
  const incidentsOf = () =>
    db
      .select({ title: incidents.title, status: incidents.status })
      .from(incidents)
      .where(eq(incidents.serviceId, service.id))
      .orderBy(incidents.number);
  return { ...made, incidentsOf };
}

test("nothing is missed before the first signal, and nothing while they come in time", async () => {
  const { key, incidentsOf } = await makeHeartbeat();
  await moveTime({ hours: 48 });
  await look();
  expect(await incidentsOf()).toEqual([]);
  for (const method of ["GET", "HEAD", "POST"]) {
    expect(await signal(key, method)).toBe(200);
    await moveTime({ minutes: 64 });
    await look();
  }
  expect(await incidentsOf()).toEqual([]);
});

test("silence opens one incident however many engines look, says so again, and the next signal closes it", async () => {
  const { id, key, incidentsOf } = await makeHeartbeat();
  await signal(key);
  await moveTime({ minutes: 65 });
  await Promise.all([look("one"), look("two")]);
  const title = "Backup: no signal for 1 h 05 m, expected every 1 h 00 m and 5 m of grace";
  expect(await incidentsOf()).toEqual([{ title, status: "triggered" }]);
  expect(await getHeartbeat(manager, id)).toMatchObject({ isLate: true, lateAt: null });
  await moveTime({ hours: 3 });
  await look();
  expect(await incidentsOf()).toHaveLength(1);
  await signal(key);
  await look();
  expect(await incidentsOf()).toEqual([{ title, status: "resolved" }]);
  expect(await getHeartbeat(manager, id)).toMatchObject({ isLate: false });
});

test("the engine knows when it has to look next", async () => {
  const { id, key } = await makeHeartbeat();
  await signal(key);
  const { nextAt } = await runHeartbeats.run({ db, engineId: "test", log: undefined as never });
  const [row] = await db.select().from(heartbeats).where(eq(heartbeats.integrationId, id));
  expect(row?.dueAt).not.toBeNull();
  expect(nextAt?.getTime()).toBeLessThanOrEqual(row?.dueAt?.getTime() ?? 0);
});

test("a changed plan counts from the last signal, with an audit record; a deleted one is over", async () => {
  const { id, key, incidentsOf } = await makeHeartbeat();
  await signal(key);
  await updateHeartbeat(manager, { heartbeatId: id, everySeconds: 600, graceSeconds: 0 });
  const records = await db.select().from(auditRecords).where(eq(auditRecords.objectId, id));
  expect(records.map(({ action }) => action).toSorted()).toEqual(["create", "update"]);
  await moveTime({ minutes: 11 });
  await look();
  expect(await incidentsOf()).toMatchObject([{ status: "triggered" }]);
  await signal(key);
  await deleteIntegration(manager, id);
  await moveTime({ hours: 2 });
  await look();
  expect(await incidentsOf()).toMatchObject([{ status: "resolved" }]);
});

test("refuses another integration's key, a key that nobody has and other methods, and who may not configure", async () => {
  const { key } = await makeIntegration(db);
  expect(await signal(key)).toBe(400);
  expect(await signal("0".repeat(32))).toBe(400);
  expect(await signal("short")).toBe(400);
  expect(await signal(key, "DELETE")).toBe(405);
  const { serviceId } = await makeIntegration(db);
  const plan = { serviceId, name: "x", everySeconds: 60 };
  const responder = actAs(db, { role: "responder" });
  await expect(createHeartbeat(responder, plan)).rejects.toMatchObject({ code: "forbidden" });
  await expect(createHeartbeat(manager, { ...plan, everySeconds: 1 })).rejects.toMatchObject({
    code: "invalid",
  });
});
