import { and, asc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { escalationLevels, escalationPolicies, escalationRings } from "#db/schema/escalation";
import { coverageGaps, incidentAssignments, incidents, logEntries, priorities } from "#db/schema/incidents";
import { pages } from "#db/schema/notifications";
import { users } from "#db/schema/people";
import { runPendingActions } from "#lib/engine/modules/pending-actions";
import { inTransaction, SYSTEM } from "#lib/context";
import { updatePolicy } from "#lib/escalation/commands/update-policy";
import { getPolicy } from "#lib/escalation/queries/policies";
import { newId } from "#lib/ids";
import { acknowledgeIncidents } from "#lib/incidents/commands/acknowledge";
import { declareIncident } from "#lib/incidents/commands/declare";
import { openIncidents } from "#lib/incidents/commands/open-incidents";
import { useDatabase } from "#lib/testing/database";
import {
  actAs,
  makeNotificationRule,
  makePolicy,
  makeService,
  makeTeam,
  makeUser,
} from "#lib/testing/factories";
import { tick } from "#lib/testing/scenario";

const { db, sql, now, moveTime, setTime } = await useDatabase();
const owner = actAs(db);

type User = Awaited<ReturnType<typeof makeUser>>;
type Level = Partial<typeof escalationLevels.$inferInsert> & { people: User[] };
let ann: User;
let ben: User;
let cleo: User;
let max: User;

beforeEach(async () => {
  await sql`truncate incidents, pages, services, escalation_policies, users, teams, priorities cascade`;
  await setTime(new Date("2026-06-03T12:00:00Z"));
  ann = await makeUser(db, { name: "Ann" });
  ben = await makeUser(db, { name: "Ben" });
  cleo = await makeUser(db, { name: "Cleo" });
  max = await makeUser(db, { name: "Max" });
  for (const user of [ann, ben, cleo, max]) {
    await makeNotificationRule(db, { userId: user.id, urgency: "high" });
  }
});

/** A policy of these levels, each waiting ten minutes unless told otherwise, and a service that uses it. */
async function makeWays(
  levels: Level[],
  values: Partial<typeof escalationPolicies.$inferInsert> = {},
  service: Parameters<typeof makeService>[1] = {},
) {
  const policy = await makePolicy(db, {
    levels: levels.map(({ people }) => ({
      delayMinutes: 10,
      targets: people.map(({ id }) => ({ type: "user" as const, id })),
    })),
    ...values,
  });
  for (const [index, { people: _people, ...ways }] of levels.entries()) {
    if (Object.keys(ways).length === 0) continue;
    const isLevel = and(eq(escalationLevels.policyId, policy.id), eq(escalationLevels.position, index + 1));
    await db.update(escalationLevels).set(ways).where(isLevel);
  }
  const { id: serviceId } = await makeService(db, { escalationPolicyId: policy.id, ...service });
  return { policy, serviceId };
}

async function open(serviceId: string, title = "Slow", urgency: "high" | "low" = "high"): Promise<string> {
  return (await declareIncident(owner, { title, serviceId, urgency })).id;
}

async function wait(minutes: number): Promise<void> {
  await moveTime({ minutes });
  await tick(db, "one", [runPendingActions]);
}

async function paged(incidentId?: string): Promise<string[]> {
  const rows = await db
    .select({ name: users.name, reason: pages.reason })
    .from(pages)
    .innerJoin(users, eq(users.id, pages.userId))
    .where(incidentId === undefined ? undefined : eq(pages.incidentId, incidentId))
    .orderBy(asc(pages.createdAt), asc(pages.step), asc(users.name));
  return rows.map(({ name, reason }) => `${name} ${reason}`);
}

async function holders(incidentId: string): Promise<string[]> {
  const rows = await db
    .select({ name: users.name })
    .from(incidentAssignments)
    .innerJoin(users, eq(users.id, incidentAssignments.userId))
    .where(eq(incidentAssignments.incidentId, incidentId))
    .orderBy(asc(users.name));
  return rows.map(({ name }) => name);
}

async function entriesOf(type: (typeof logEntries.$inferSelect)["type"]) {
  return db.select().from(logEntries).where(eq(logEntries.type, type));
}

describe("round robin (case 110)", () => {
  it("gives incidents that open at the same moment to different people, whatever the order they commit in", async () => {
    const { serviceId } = await makeWays([{ people: [ann, ben, cleo], strategy: "round_robin" }]);
    await Promise.all(["1", "2", "3", "4", "5", "6"].map((title) => open(serviceId, title)));
    expect((await paged()).toSorted()).toEqual([
      "Ann assigned",
      "Ann assigned",
      "Ben assigned",
      "Ben assigned",
      "Cleo assigned",
      "Cleo assigned",
    ]);
  });

  it("goes to the next level, not the next member, and keeps the member when it is taken back or repeated", async () => {
    const { serviceId } = await makeWays(
      [{ people: [ann, ben], strategy: "round_robin" }, { people: [cleo] }],
      { numLoops: 1 },
    );
    const first = await open(serviceId);
    await wait(10);
    await wait(10);
    expect(await paged(first)).toEqual(["Ann assigned", "Cleo escalated", "Ann escalated"]);
    expect(await paged(await open(serviceId))).toEqual(["Ben assigned"]);
  });

  it("goes on where it was after the policy was edited and its levels moved; a deactivated member is passed over", async () => {
    const { policy, serviceId } = await makeWays([{ people: [ann, ben, cleo], strategy: "round_robin" }]);
    await open(serviceId);
    const before = await getPolicy(owner, policy.id);
    const [level] = before.levels;
    await updatePolicy(owner, {
      policyId: policy.id,
      name: before.name,
      expectedVersion: before.version,
      levels: [
        { delayMinutes: 5, targets: [{ type: "user", id: max.id }], notifyOnly: true },
        { ...level!, condition: null, targets: level!.targets.map(({ type, id }) => ({ type, id })) },
      ],
    });
    await db.update(users).set({ deactivatedAt: new Date() }).where(eq(users.id, ben.id));
    const next = await open(serviceId);
    expect(await paged(next)).toEqual(["Cleo assigned", "Max told"]);
    const rings = await db.select().from(escalationRings);
    expect(rings).toMatchObject([{ levelId: level!.id, lastTargetId: cleo.id }]);
  });

  it("does not lose or double a turn when the transaction that took it is rolled back", async () => {
    const { serviceId } = await makeWays([{ people: [ann, ben], strategy: "round_robin" }]);
    const draft = {
      title: "Never stored",
      body: null,
      serviceId,
      urgency: "high" as const,
      priorityId: null,
      incidentKey: null,
      detectionSource: "monitoring" as const,
      origin: "event" as const,
      startedAt: await now(),
      customerImpact: null,
      policyId: null,
      assignees: [],
      trigger: {},
    };
    const killed = inTransaction({ db, actor: SYSTEM }, async (scope) => {
      await openIncidents(scope, [draft]);
      throw new Error("killed");
    });
    await expect(killed).rejects.toThrow("killed");
    expect(await paged(await open(serviceId))).toEqual(["Ann assigned"]);
    expect(await paged(await open(serviceId))).toEqual(["Ben assigned"]);
  });

  it("with turns hands on within the level until its time is over", async () => {
    const { serviceId } = await makeWays([
      { people: [ann, ben, cleo], strategy: "round_robin_cycle", cycleMinutes: 4 },
      { people: [max] },
    ]);
    const id = await open(serviceId);
    await wait(4);
    expect(await holders(id)).toEqual(["Ben"]);
    await wait(4);
    await wait(1);
    expect(await holders(id)).toEqual(["Cleo"]);
    await wait(1);
    expect(await paged(id)).toEqual(["Ann assigned", "Ben escalated", "Cleo escalated", "Max escalated"]);
  });
});

describe("a level that only tells", () => {
  it("leaves the incident and its pages with whoever has it; an acknowledgement of those told ends it all", async () => {
    const { serviceId } = await makeWays([{ people: [ann] }, { people: [ben], notifyOnly: true }]);
    const id = await open(serviceId);
    await wait(10);
    expect(await holders(id)).toEqual(["Ann"]);
    expect(await paged(id)).toEqual(["Ann assigned", "Ben told"]);
    expect(await db.select({ state: pages.state }).from(pages)).toEqual([
      { state: "active" },
      { state: "active" },
    ]);
    await acknowledgeIncidents(actAs(db, ben), { incidentIds: [id] });
    expect(await holders(id)).toEqual(["Ben"]);
    expect(await db.select({ state: pages.state }).from(pages)).toEqual([
      { state: "cancelled" },
      { state: "cancelled" },
    ]);
  });
});

describe("a level with hours", () => {
  it("is waited for while somebody has the incident, and is no coverage gap", async () => {
    const condition = {
      timeZone: "Etc/UTC",
      startTime: "22:00",
      endTime: "06:00",
      daysOfWeek: [1, 2, 3, 4, 5, 6, 7],
      otherwise: "wait" as const,
    };
    const { serviceId } = await makeWays(
      [{ people: [ann] }, { people: [ben], condition }],
      {},
      { autoResolveTimeout: null },
    );
    const id = await open(serviceId);
    await wait(10);
    expect(await holders(id)).toEqual(["Ann"]);
    expect(await entriesOf("wait_level")).toMatchObject([{ data: { until: "2026-06-03T22:00:00.000Z" } }]);
    await setTime(new Date("2026-06-03T21:59:00Z"));
    await tick(db, "one", [runPendingActions]);
    expect(await holders(id)).toEqual(["Ann"]);
    await setTime(new Date("2026-06-03T22:00:00Z"));
    await tick(db, "one", [runPendingActions]);
    expect(await holders(id)).toEqual(["Ben"]);
    expect(await db.select().from(coverageGaps)).toEqual([]);
  });
});

describe("when nobody answered", () => {
  it("tells the managers and raises the priority, once, on the timeline, in any number of engines", async () => {
    const team = await makeTeam(db, { members: [{ userId: max.id, role: "manager" }] });
    const [p1, p3] = [newId(), newId()];
    await db.insert(priorities).values([
      { id: p1, name: "P1", description: "", color: "red", rank: 1 },
      { id: p3, name: "P3", description: "", color: "blue", rank: 3 },
    ]);
    const { serviceId } = await makeWays([{ people: [ann] }], {
      teamId: team.id,
      nobodyAnswered: { tell: { type: "managers" }, priorityId: p1, repeat: true },
    });
    const id = await open(serviceId);
    await db.update(incidents).set({ priorityId: p3 }).where(eq(incidents.id, id));
    await moveTime({ minutes: 10 });
    await Promise.all(["one", "two"].map((engine) => tick(db, engine, [runPendingActions])));
    expect(await paged(id)).toEqual(["Ann assigned", "Ann escalated", "Max nobody_answered"]);
    expect(await holders(id)).toEqual(["Ann"]);
    await wait(10);
    expect(await paged(id)).toHaveLength(4);
    expect(await entriesOf("nobody_answered")).toMatchObject([
      { data: { told: [{ name: "Max" }], priority: "P1", raised: false } },
    ]);
    const [row] = await db.select().from(incidents).where(eq(incidents.id, id));
    expect(row?.priorityId).toBe(p1);
    await acknowledgeIncidents(actAs(db, ann), { incidentIds: [id] });
    await wait(20);
    expect(await paged(id)).toHaveLength(4);
  });

  it("hands over to another policy, each policy's end once", async () => {
    const second = await makeWays([{ people: [ben] }]);
    const first = await makeWays([{ people: [ann] }], { nobodyAnswered: { policyId: second.policy.id } });
    await db
      .update(escalationPolicies)
      .set({ nobodyAnswered: { policyId: first.policy.id } })
      .where(eq(escalationPolicies.id, second.policy.id));
    const id = await open(first.serviceId);
    for (let round = 0; round < 8; round += 1) await wait(10);
    expect(await paged(id)).toEqual(["Ann assigned", "Ben reassigned", "Ann reassigned"]);
    expect(await entriesOf("nobody_answered")).toHaveLength(2);
    expect(await entriesOf("exhaust_escalation_path")).toHaveLength(3);
  });

  it("raises low urgency that escalates, and begins again by the rules for high", async () => {
    const { serviceId } = await makeWays(
      [{ people: [ann] }],
      { nobodyAnswered: { raiseUrgency: true } },
      { escalateLowUrgency: true },
    );
    const id = await open(serviceId, "Slow", "low");
    await wait(10);
    const [row] = await db.select().from(incidents).where(eq(incidents.id, id));
    expect(row).toMatchObject({ urgency: "high", level: 1, loop: 0 });
    expect(await paged(id)).toEqual(["Ann assigned", "Ann urgency_raised"]);
  });
});

it("low urgency escalates where the service says so, and nowhere else (semantics 1.7)", async () => {
  const slow = await makeWays([{ people: [ann] }, { people: [ben] }], {}, { escalateLowUrgency: true });
  const still = await makeWays([{ people: [ann] }, { people: [ben] }]);
  const one = await open(slow.serviceId, "Slow", "low");
  const two = await open(still.serviceId, "Slow", "low");
  await wait(10);
  expect([await holders(one), await holders(two)]).toEqual([["Ben"], ["Ann"]]);
});
