import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { incidentAcknowledgements, incidentAssignments, pendingActions } from "#db/schema/incidents";
import { deliveries } from "#db/schema/notifications";
import { users } from "#db/schema/people";
import { handBackModule, runHandBack } from "#lib/engine/modules/hand-back";
import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { declareIncident } from "#lib/incidents/commands/declare";
import { snoozeIncidents } from "#lib/incidents/commands/snooze";
import { changeRole } from "#lib/people/commands/change-role";
import { deactivateUser } from "#lib/people/commands/deactivate-user";
import { useDatabase } from "#lib/testing/database";
import { actAs, makePolicy, makeSchedule, makeService, makeUser } from "#lib/testing/factories";
import { accept, makeScene, pagesOf, story, tick } from "#lib/testing/scenario";

const { db, sql, moveTime } = await useDatabase();

beforeEach(async () => {
  await sql`truncate inbox, incidents, alerts, pages, pending_actions, integrations, services, escalation_policies, users, schedules, settings cascade`;
  await makeUser(db, { name: "Olga", role: "owner" });
});

const admin = actAs(db, { role: "admin" });

async function holders() {
  const rows = await db
    .select({ name: users.name })
    .from(incidentAssignments)
    .innerJoin(users, eq(users.id, incidentAssignments.userId))
    .orderBy(users.name);
  return rows.map(({ name }) => name);
}

/** Ann has it, by her level of the policy or by having acknowledged it. */
async function begin(state: "triggered" | "acknowledged" | "snoozed", urgency: "high" | "low" = "high") {
  const scene = await makeScene(db, { urgencyRule: { type: "constant", urgency } });
  await accept(db, scene.integration.id, { dedupKey: "disk" });
  await tick(db);
  const { incident } = await story(db);
  const asAnn = actAs(db, scene.ann);
  if (state === "acknowledged") await acknowledgeIncident(asAnn, { incidentId: incident.id });
  if (state === "snoozed") await snoozeIncidents(asAnn, { incidentIds: [incident.id], seconds: 86_400 });
  return { ...scene, incidentId: incident.id };
}

describe("deactivating the only person who has an incident", () => {
  it.each(["triggered", "acknowledged", "snoozed"] as const)(
    "pages whoever is next when it is %s",
    async (state) => {
      const { ann, ben } = await begin(state);
      expect(await deactivateUser(admin, ann.id)).toMatchObject({ handedBack: 1 });
      const { incident } = await story(db);
      expect(incident).toMatchObject({
        status: "triggered",
        unassigned: false,
        level: 2,
        snoozedUntil: null,
      });
      expect(await holders()).toEqual(["Ben"]);
      expect((await pagesOf(db)).at(-1)).toMatch(/^Ben (reassigned|unacknowledged)$/);
      const queued = await db.select().from(deliveries).where(eq(deliveries.state, "queued"));
      expect(queued).toMatchObject([{ userId: ben.id }]);
    },
  );

  it("starts over where the last level was told already, and goes on escalating", async () => {
    const { ben } = await begin("triggered");
    await moveTime({ minutes: 30 });
    await tick(db);
    expect(await holders()).toEqual(["Ben"]);
    await moveTime({ minutes: 30 });
    await tick(db);
    expect((await story(db)).log).toContain("exhaust_escalation_path");
    await deactivateUser(admin, ben.id);
    expect(await holders()).toEqual(["Ann"]);
    expect(await db.select({ type: pendingActions.type }).from(pendingActions)).toContainEqual({
      type: "escalate",
    });
  });

  it("goes to the fallback when nobody else is on call", async () => {
    const ann = await makeUser(db, { name: "Ann" });
    const schedule = await makeSchedule(db, { userIds: [ann.id] });
    const policy = await makePolicy(db, { levels: [{ targets: [{ type: "schedule", id: schedule.id }] }] });
    const service = await makeService(db, { escalationPolicyId: policy.id });
    await declareIncident(admin, { title: "Checkout fails", serviceId: service.id });
    await deactivateUser(admin, ann.id);
    expect(await holders()).toEqual(["Olga"]);
    expect((await story(db)).log).toEqual(["trigger", "assign", "skip_level", "coverage_gap", "fallback"]);
  });
});

describe("deactivating somebody among others who have an incident", () => {
  it("leaves it with them, without paging anybody again", async () => {
    const { ann, ben, incidentId } = await begin("acknowledged");
    await acknowledgeIncident(actAs(db, ben), { incidentId });
    const before = await pagesOf(db);
    expect(await deactivateUser(admin, ann.id)).toMatchObject({ handedBack: 1 });
    expect(await holders()).toEqual(["Ben"]);
    expect(
      await db.select({ userId: incidentAcknowledgements.userId }).from(incidentAcknowledgements),
    ).toEqual([{ userId: ben.id }]);
    expect((await story(db)).incident.status).toBe("acknowledged");
    expect(await pagesOf(db)).toEqual(before);
    await moveTime({ minutes: 31 });
    await tick(db);
    expect((await pagesOf(db)).filter((page) => page.endsWith("unacknowledged"))).toEqual([
      "Ben unacknowledged",
    ]);
  });
});

describe("lowering a role", () => {
  it("hands back what the person may no longer answer, and nothing while they may", async () => {
    const { ann } = await begin("acknowledged");
    expect(await changeRole(admin, { userId: ann.id, role: "manager" })).toEqual({ handedBack: 0 });
    expect(await holders()).toEqual(["Ann"]);
    expect(await changeRole(admin, { userId: ann.id, role: "observer" })).toEqual({ handedBack: 1 });
    expect(await holders()).toEqual(["Ben"]);
  });
});

describe("the engine's sweep", () => {
  it("finds what went to somebody in the moment they left", async () => {
    const { ann } = await begin("triggered");
    await db.update(users).set({ deactivatedAt: new Date() }).where(eq(users.id, ann.id));
    await tick(db, "test", [runHandBack]);
    expect(await holders()).toEqual(["Ben"]);
    const pagesThen = await pagesOf(db);
    await tick(db, "test", [runHandBack]);
    expect(await pagesOf(db)).toEqual(pagesThen);
  });

  it("looks again at once while what was being opened as somebody left may still reach them", async () => {
    const sweep = handBackModule();
    const { ann, incidentId } = await begin("triggered");
    await tick(db, "test", [sweep]);
    await deactivateUser(admin, ann.id);
    await tick(db, "test", [sweep]);
    expect(await holders()).toEqual(["Ben"]);
    // A transaction that had chosen Ann before she left commits now.
    await db
      .update(incidentAssignments)
      .set({ userId: ann.id })
      .where(eq(incidentAssignments.incidentId, incidentId));
    await moveTime({ seconds: 1 });
    await tick(db, "test", [sweep]);
    expect(await holders()).toEqual(["Ben"]);
    await moveTime({ seconds: 20 });
    await tick(db, "test", [sweep]);
    await db
      .update(incidentAssignments)
      .set({ userId: ann.id })
      .where(eq(incidentAssignments.incidentId, incidentId));
    await moveTime({ seconds: 30 });
    await tick(db, "test", [sweep]);
    expect(await holders()).toEqual(["Ann"]);
    await moveTime({ seconds: 31 });
    await tick(db, "test", [sweep]);
    expect(await holders()).toEqual(["Ben"]);
  });

  it("is called by whoever deactivates somebody", async () => {
    const { ann } = await begin("triggered");
    const called: string[] = [];
    const listener = await sql.listen("touchline_engine", (name) => void called.push(name));
    await deactivateUser(admin, ann.id);
    await expect.poll(() => called).toContain("hand-back");
    await listener.unlisten();
  });
});

it("doesn't wait for an acknowledgement that is being written, nor the other way round", async () => {
  const { ann, ben, incidentId } = await begin("triggered");
  const [left, taken] = await Promise.allSettled([
    deactivateUser(admin, ann.id),
    acknowledgeIncident(actAs(db, ben), { incidentId }),
  ]);
  expect([left.status, taken.status]).toEqual(["fulfilled", "fulfilled"]);
  expect((await story(db)).incident.status).toBe("acknowledged");
  expect(await holders()).toEqual(["Ben"]);
});
