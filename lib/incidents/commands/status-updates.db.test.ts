import { and, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { auditRecords } from "#db/schema/organisation";
import { pages } from "#db/schema/notifications";
import { notificationRules } from "#db/schema/people";
import { newId } from "#lib/ids";
import { runPendingActions } from "#lib/engine/modules/pending-actions";
import { processInbox } from "#lib/engine/modules/process-inbox";
import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { addNote } from "#lib/incidents/commands/add-note";
import { postStatusUpdate } from "#lib/incidents/commands/post-status-update";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeContactMethod, makeUser } from "#lib/testing/factories";
import { delivering, recorder, runOnce } from "#lib/testing/paging";
import { accept, makeScene, story, tick } from "#lib/testing/scenario";
import { publicApi } from "#lib/testing/api";

const { db, sql } = await useDatabase();
beforeEach(async () => {
  await sql`truncate incidents, services, escalation_policies, users cascade`;
});

/** Wants to be told of status updates by mail. */
async function follow(userId: string) {
  const method = await makeContactMethod(db, { userId });
  const rule = { userId, contactMethodId: method.id, kind: "status_update" as const, delayMinutes: 0 };
  await db.insert(notificationRules).values({ id: newId(), ...rule, createdAt: new Date(0) });
}

test("a status update is told once to everybody who takes part and wishes it, and to nobody else", async () => {
  const { ann, ben, integration } = await makeScene(db);
  const [cho, dana] = [await makeUser(db, { name: "Cho" }), await makeUser(db, { name: "Dana" })];
  for (const { id } of [ann, cho, dana]) await follow(id);
  await accept(db, integration.id, { dedupKey: "checkout" });
  await tick(db, "test", [processInbox, runPendingActions]);
  const { incident } = await story(db);
  await acknowledgeIncident(actAs(db, ann), { incidentId: incident.id });
  await addNote(actAs(db, cho), { incidentId: incident.id, content: "Looks like the cache" });

  const message = "Fix is rolling out, 40 % done";
  const { told } = await postStatusUpdate(actAs(db, ben), { incidentId: incident.id, message });
  expect(told).toBe(2);
  const mail = recorder("email");
  await runOnce(db, delivering({ email: mail.sender }));
  const updates = mail.sent.filter(({ facts }) => facts.reason === "status_update");
  expect(updates.map(({ facts }) => facts.person.name).toSorted((a, b) => a.localeCompare(b))).toEqual([
    "Ann",
    "Cho",
  ]);
  expect(updates[0]?.facts.notice).toMatchObject({
    title: `#${incident.number}: status update by ${ben.name}`,
    lines: [message, incident.title],
  });
  const [audited] = await db
    .select()
    .from(auditRecords)
    .where(
      and(
        eq(auditRecords.action, "incident.status_update_published"),
        eq(auditRecords.objectId, incident.id),
      ),
    );
  expect(audited?.actorId).toBe(ben.id);
});

test("a status update pages nobody, outlives the resolve, and is refused without words or the right", async () => {
  const { ann, ben, integration } = await makeScene(db);
  await accept(db, integration.id, { dedupKey: "search" });
  await tick(db, "test", [processInbox, runPendingActions]);
  const { incident } = await story(db);
  const before = await db.$count(pages);
  expect((await postStatusUpdate(actAs(db, ben), { incidentId: incident.id, message: "On it" })).told).toBe(
    0,
  );
  expect(await db.$count(pages)).toBe(before);
  await expect(postStatusUpdate(actAs(db, ann), { incidentId: incident.id, message: " " })).rejects.toThrow(
    "needs words",
  );
  const observer = actAs(db, { role: "observer" });
  await expect(postStatusUpdate(observer, { incidentId: incident.id, message: "x" })).rejects.toThrow(
    "responder",
  );
});

test("the public API posts one in the name of whom From names", async () => {
  const { call } = await publicApi(db);
  const { ben, integration } = await makeScene(db);
  await accept(db, integration.id, { dedupKey: "api" });
  await tick(db, "test", [processInbox, runPendingActions]);
  const { incident } = await story(db);
  const path = `/incidents/${incident.id}/status_updates`;
  const posted = await call("POST", path, { body: { message: "Half done" }, headers: { from: ben.email } });
  expect(posted.status).toBe(200);
  expect(posted.at("status_update")).toMatchObject({ message: "Half done", sender: { id: ben.id } });
  expect((await call("POST", path, { body: { message: "x" } })).at("error.code")).toBe(1008);
});
