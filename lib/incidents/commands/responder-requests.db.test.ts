import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { logEntries } from "#db/schema/incidents";
import { pages } from "#db/schema/notifications";
import { runResponderRequests } from "#lib/engine/modules/responder-requests";
import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { answerResponderRequest } from "#lib/incidents/commands/answer-responder-request";
import { cancelResponderRequests } from "#lib/incidents/commands/cancel-responder-requests";
import type { AskedTargets } from "#lib/incidents/commands/cancel-responder-requests";
import { cancelResponderRequest } from "#lib/incidents/commands/cancel-responder-request";
import { requestResponders } from "#lib/incidents/commands/request-responders";
import { resolveIncidents } from "#lib/incidents/commands/resolve";
import { listResponderRequests } from "#lib/incidents/queries/responder-requests";
import { useDatabase } from "#lib/testing/database";
import { actAs, makePolicy, makeUser } from "#lib/testing/factories";
import { delivering, pageSomebody, recorder, runOnce } from "#lib/testing/paging";

const { db, moveTime, sql } = await useDatabase();

beforeEach(async () => {
  await sql`truncate incidents, pages, outbox_messages, services, escalation_policies, users, outbox cascade`;
});

async function scene() {
  const paged = await pageSomebody(db, [{ channel: "email" }]);
  const ines = await makeUser(db, { name: "Ines" });
  const omar = await makeUser(db, { name: "Omar" });
  const policy = await makePolicy(db, {
    name: "Databases",
    levels: [
      { delayMinutes: 5, targets: [{ type: "user", id: ines.id }] },
      { delayMinutes: 5, targets: [{ type: "user", id: omar.id }] },
    ],
  });
  return { ...paged, ines, omar, policy };
}

async function statesOf(incidentId: string) {
  const requests = await listResponderRequests(actAs(db), incidentId);
  return requests.flatMap(({ targets }) =>
    targets.flatMap(({ responders }) => responders.map(({ user, state }) => `${user.name} ${state}`)),
  );
}

async function pagesFor(incidentId: string) {
  const rows = await db
    .select({ userId: pages.userId, state: pages.state })
    .from(pages)
    .where(and(eq(pages.incidentId, incidentId), eq(pages.reason, "requested")));
  return rows;
}

async function logOf(incidentId: string) {
  const rows = await db
    .select({ type: logEntries.type, actor: logEntries.actorName })
    .from(logEntries)
    .where(eq(logEntries.incidentId, incidentId))
    .orderBy(logEntries.at, logEntries.id);
  return rows.filter(({ type }) => type.startsWith("responder")).map(({ type, actor }) => `${actor} ${type}`);
}

describe("a request to a person", () => {
  test("pages them by the rules of high urgency, and says who asks and why", async () => {
    const { incidentId, ben, ines } = await scene();
    await requestResponders(actAs(db, ben), {
      incidentId,
      userIds: [ines.id],
      message: "Is it the database?",
    });
    const mail = recorder("email");
    await runOnce(db, delivering({ email: mail.sender }));
    const toInes = mail.sent.find(({ facts }) => facts.person.name === "Ines");
    expect(toInes?.facts).toMatchObject({
      reason: "requested",
      urgency: "high",
      notice: null,
      incident: { title: "Checkout 5xx above 4 %" },
    });
    expect(toInes?.facts.asked).toMatch(/^Ben Ng asks you to join #\d+: Is it the database\?$/);
    expect(await statesOf(incidentId)).toEqual(["Ines pending"]);
  });

  test("goes on when others acknowledge, ends with the answer, and can be answered once", async () => {
    const { incidentId, maya, ben, ines } = await scene();
    await requestResponders(actAs(db, ben), { incidentId, userIds: [ines.id] });
    await acknowledgeIncident(actAs(db, maya), { incidentId });
    expect(await pagesFor(incidentId)).toEqual([{ userId: ines.id, state: "active" }]);
    await answerResponderRequest(actAs(db, ines), { incidentId, answer: "joined" });
    expect(await pagesFor(incidentId)).toEqual([{ userId: ines.id, state: "cancelled" }]);
    expect(await statesOf(incidentId)).toEqual(["Ines joined"]);
    expect(await logOf(incidentId)).toEqual(["Ben Ng responder_request", "Ines responder_reply"]);
    await expect(
      answerResponderRequest(actAs(db, ines), { incidentId, answer: "declined" }),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  test("is accepted by acknowledging the incident", async () => {
    const { incidentId, ben, ines } = await scene();
    await requestResponders(actAs(db, ben), { incidentId, userIds: [ines.id] });
    await acknowledgeIncident(actAs(db, ines), { incidentId });
    expect(await statesOf(incidentId)).toEqual(["Ines joined"]);
  });

  test("ends with the incident, and is refused for one that is resolved or somebody who can't be paged", async () => {
    const { incidentId, ben, ines } = await scene();
    await requestResponders(actAs(db, ben), { incidentId, userIds: [ines.id] });
    await resolveIncidents(actAs(db, ben), { incidentIds: [incidentId] });
    expect(await pagesFor(incidentId)).toEqual([{ userId: ines.id, state: "cancelled" }]);
    await expect(requestResponders(actAs(db, ben), { incidentId, userIds: [ines.id] })).rejects.toMatchObject(
      { code: "already_resolved" },
    );
    const other = await pageSomebody(db, [{ channel: "email" }]);
    const reader = await makeUser(db, { role: "stakeholder" });
    await expect(
      requestResponders(actAs(db, ben), { incidentId: other.incidentId, userIds: [reader.id] }),
    ).rejects.toMatchObject({ fields: [{ field: "userIds.0" }] });
    await expect(
      requestResponders(actAs(db, reader), { incidentId: other.incidentId, userIds: [ines.id] }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  test("is taken back from whom it is meant alone, wherever they were asked", async () => {
    const { incidentId, ben, omar, policy } = await scene();
    const uma = await makeUser(db, { name: "Uma" });
    await requestResponders(actAs(db, ben), { incidentId, userIds: [uma.id, omar.id] });
    await requestResponders(actAs(db, ben), { incidentId, policyIds: [policy.id] });
    const cancel = (targets: AskedTargets | null) =>
      cancelResponderRequests(actAs(db, ben), { incidentId, targets });
    expect(await cancel({ userIds: [omar.id, "QNOBODY"], policyIds: [] })).toBe(1);
    expect((await statesOf(incidentId)).toSorted()).toEqual([
      "Ines pending",
      "Omar user_cancelled",
      "Uma pending",
    ]);
    expect(await pagesFor(incidentId)).toContainEqual({ userId: uma.id, state: "active" });
    const requests = await listResponderRequests(actAs(db), incidentId);
    expect(requests.map(({ cancelledAt }) => cancelledAt)).toEqual([null, null]);
    expect(await cancel({ userIds: [], policyIds: [policy.id] })).toBe(1);
    expect((await statesOf(incidentId)).toSorted()).toEqual([
      "Ines user_cancelled",
      "Omar user_cancelled",
      "Uma pending",
    ]);
    expect(await Promise.all([cancel(null), cancel(null)])).toEqual(expect.arrayContaining([1, 0]));
    expect(await pagesFor(incidentId)).not.toContainEqual(expect.objectContaining({ state: "active" }));
    await moveTime({ minutes: 60 });
    expect((await runOnce(db, runResponderRequests, "engine-1")).worked).toBe(0);
    await expect(
      cancelResponderRequests(actAs(db, { role: "observer" }), { incidentId, targets: null }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  test("can be taken back", async () => {
    const { incidentId, ben, ines } = await scene();
    const { id } = await requestResponders(actAs(db, ben), { incidentId, userIds: [ines.id] });
    await cancelResponderRequest(actAs(db, ben), { incidentId, requestId: id });
    expect(await statesOf(incidentId)).toEqual(["Ines user_cancelled"]);
    expect(await pagesFor(incidentId)).toEqual([{ userId: ines.id, state: "cancelled" }]);
    await expect(cancelResponderRequest(actAs(db, ben), { incidentId, requestId: id })).rejects.toMatchObject(
      { code: "not_found" },
    );
  });
});

describe("a request to a policy", () => {
  const engine = (id: string) => runOnce(db, runResponderRequests, id);

  test("asks level after level until somebody joins; then nobody else is asked", async () => {
    const { incidentId, ben, omar, policy } = await scene();
    await requestResponders(actAs(db, ben), { incidentId, policyIds: [policy.id] });
    expect(await statesOf(incidentId)).toEqual(["Ines pending"]);
    await engine("engine-1");
    expect(await statesOf(incidentId)).toEqual(["Ines pending"]);
    await moveTime({ minutes: 5 });
    await Promise.all([engine("engine-1"), engine("engine-2")]);
    expect(await statesOf(incidentId)).toEqual(["Ines pending", "Omar pending"]);
    expect(await pagesFor(incidentId)).toHaveLength(2);
    await answerResponderRequest(actAs(db, omar), { incidentId, answer: "joined" });
    expect(await statesOf(incidentId)).toEqual(["Ines user_cancelled", "Omar joined"]);
    expect((await pagesFor(incidentId)).map(({ state }) => state)).toEqual(["cancelled", "cancelled"]);
    await moveTime({ minutes: 60 });
    expect((await engine("engine-1")).worked).toBe(0);
  });

  test("goes to the next level at once when everybody declined, and ends after the last", async () => {
    const { incidentId, ben, ines, omar, policy } = await scene();
    await requestResponders(actAs(db, ben), { incidentId, policyIds: [policy.id] });
    await answerResponderRequest(actAs(db, ines), { incidentId, answer: "declined" });
    await engine("engine-1");
    expect(await statesOf(incidentId)).toEqual(["Ines declined", "Omar pending"]);
    await answerResponderRequest(actAs(db, omar), { incidentId, answer: "declined" });
    await engine("engine-1");
    const [request] = await listResponderRequests(actAs(db), incidentId);
    expect(request?.targets).toMatchObject([{ state: "ended", nextAt: null, policy: { name: "Databases" } }]);
  });

  test("stops with the incident", async () => {
    const { incidentId, ben, policy } = await scene();
    await requestResponders(actAs(db, ben), { incidentId, policyIds: [policy.id] });
    await resolveIncidents(actAs(db, ben), { incidentIds: [incidentId] });
    await moveTime({ minutes: 5 });
    await engine("engine-1");
    const [request] = await listResponderRequests(actAs(db), incidentId);
    expect(request?.targets).toMatchObject([{ state: "ended", nextAt: null }]);
    expect(await statesOf(incidentId)).toEqual(["Ines pending"]);
  });
});
