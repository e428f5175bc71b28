import { asc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { alerts } from "#db/schema/events";
import { incidentFacts } from "#db/schema/incident-facts";
import { incidentAssignments, incidents, logEntries, pendingActions } from "#db/schema/incidents";
import { deliveries, pages } from "#db/schema/notifications";
import { auditRecords, outbox } from "#db/schema/organisation";
import { users } from "#db/schema/people";
import type { Actor } from "#lib/context";
import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { declareIncident } from "#lib/incidents/commands/declare";
import { mergeIncidents } from "#lib/incidents/commands/merge";
import { reassignIncidents } from "#lib/incidents/commands/reassign";
import { reopenIncident } from "#lib/incidents/commands/reopen";
import { resolveIncidents } from "#lib/incidents/commands/resolve";
import { snoozeIncidents } from "#lib/incidents/commands/snooze";
import { updateIncident } from "#lib/incidents/commands/update";
import { useDatabase } from "#lib/testing/database";
import { actAs, makePolicy, makeService, makeUser } from "#lib/testing/factories";
import { accept, makeScene, pagesOf, story, tick } from "#lib/testing/scenario";

const { db, moveTime, now, sql } = await useDatabase();

beforeEach(async () => {
  await sql`truncate inbox, incidents, alerts, pages, pending_actions, integrations, services, escalation_policies, users, schedules, outbox cascade`;
});

/** An incident that Ann has and Ben gets after half an hour. */
async function begin(dedupKey = "disk") {
  const scene = await makeScene(db);
  await accept(db, scene.integration.id, { dedupKey });
  await tick(db);
  const { incident } = await story(db);
  return { ...scene, incidentId: incident.id, asAnn: actAs(db, scene.ann) };
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

const timers = async () =>
  (await db.select({ type: pendingActions.type }).from(pendingActions).orderBy(pendingActions.type)).map(
    ({ type }) => type,
  );
const read = async (incidentId: string) =>
  (await db.select().from(incidents).where(eq(incidents.id, incidentId)))[0];
const refusals = (results: { refused: { reason: string } | null }[]) =>
  results.map(({ refused }) => refused?.reason ?? null);

describe("snoozing", () => {
  test("lets it sleep, cancels what was queued, and pages again when it is over", async () => {
    const { incidentId, asAnn } = await begin();
    await snoozeIncidents(asAnn, { incidentIds: [incidentId], seconds: 7200 });
    expect(await read(incidentId)).toMatchObject({ status: "acknowledged", snoozedUntil: expect.any(Date) });
    expect(await db.select({ state: deliveries.state }).from(deliveries)).toEqual([{ state: "cancelled" }]);
    await moveTime({ minutes: 119 });
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Ann assigned"]);
    await moveTime({ minutes: 2 });
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Ann assigned", "Ann unacknowledged"]);
    expect(await read(incidentId)).toMatchObject({ status: "triggered", snoozedUntil: null });
  });

  test("pushes the auto-resolve beyond its end", async () => {
    const { incidentId, asAnn } = await begin();
    await snoozeIncidents(asAnn, { incidentIds: [incidentId], seconds: 6 * 3600 });
    await moveTime({ hours: 5 });
    await tick(db);
    expect((await read(incidentId))?.status).toBe("acknowledged");
  });

  test.each([0, -1, 1.5, 604_801])("refuses %d seconds", async (seconds) => {
    const { incidentId, asAnn } = await begin();
    await expect(snoozeIncidents(asAnn, { incidentIds: [incidentId], seconds })).rejects.toMatchObject({
      code: "invalid",
      fields: [{ field: "seconds" }],
    });
  });
});

describe("reassigning", () => {
  test("pages the people named and nobody else; the policy takes over if they don't answer", async () => {
    const { incidentId, asAnn, ben } = await begin();
    const cleo = await makeUser(db, { name: "Cleo" });
    await reassignIncidents(asAnn, { incidentIds: [incidentId], to: { userIds: [cleo.id, ben.id] } });
    expect(await holders(incidentId)).toEqual(["Ben", "Cleo"]);
    expect(await pagesOf(db)).toEqual(["Ann assigned", "Ben reassigned", "Cleo reassigned"]);
    await moveTime({ minutes: 31 });
    await tick(db);
    expect(await holders(incidentId)).toEqual(["Ann"]);
    expect((await pagesOf(db)).at(-1)).toBe("Ann escalated");
  });

  test("to another policy begins at its first level", async () => {
    const { incidentId, asAnn } = await begin();
    const dora = await makeUser(db, { name: "Dora" });
    const policy = await makePolicy(db, { levels: [{ targets: [{ type: "user", id: dora.id }] }] });
    await reassignIncidents(asAnn, { incidentIds: [incidentId], to: { policyId: policy.id } });
    expect(await read(incidentId)).toMatchObject({ level: 1, policySnapshot: { policyId: policy.id } });
    expect(await holders(incidentId)).toEqual(["Dora"]);
    const elsewhere = reassignIncidents(asAnn, { incidentIds: [incidentId], to: { policyId: "PNONE" } });
    await expect(elsewhere).rejects.toMatchObject({ code: "not_found" });
  });

  test("refuses people who may not be paged, and resolved incidents", async () => {
    const { incidentId, asAnn, ben } = await begin();
    const reader = await makeUser(db, { role: "observer" });
    const to = (userId: string) => ({ incidentIds: [incidentId], to: { userIds: [userId] } });
    await expect(reassignIncidents(asAnn, to(reader.id))).rejects.toMatchObject({
      fields: [{ field: "assignees" }],
    });
    await resolveIncidents(asAnn, { incidentIds: [incidentId] });
    expect(refusals(await reassignIncidents(asAnn, to(ben.id)))).toEqual(["already-resolved"]);
    expect(await holders(incidentId)).toEqual([]);
  });
});

describe("merging", () => {
  test("moves the alerts, ends the sources and their pages, and tells both", async () => {
    const { incidentId, integration, asAnn } = await begin();
    await accept(db, integration.id, { dedupKey: "memory" });
    await tick(db);
    const [, source] = await db.select().from(incidents).orderBy(incidents.number);
    await mergeIncidents(asAnn, { targetId: incidentId, sourceIds: [source!.id, source!.id, incidentId] });
    const moved = await db.select({ incidentId: alerts.incidentId, status: alerts.status }).from(alerts);
    expect(moved).toEqual([
      { incidentId, status: "triggered" },
      { incidentId, status: "triggered" },
    ]);
    expect(await read(source!.id)).toMatchObject({ status: "resolved", mergedIntoId: incidentId });
    expect(await holders(source!.id)).toEqual([]);
    const active = await db
      .select({ incidentId: pages.incidentId })
      .from(pages)
      .where(eq(pages.state, "active"));
    expect(active).toEqual([{ incidentId }]);
    const merges = await db
      .select({ data: logEntries.data })
      .from(logEntries)
      .where(eq(logEntries.type, "merge"));
    expect(merges).toHaveLength(2);
    await accept(db, integration.id, { dedupKey: "memory", action: "resolve" });
    await tick(db);
    expect((await read(incidentId))?.status).toBe("triggered");
    await accept(db, integration.id, { dedupKey: "disk", action: "resolve" });
    await tick(db);
    expect((await read(incidentId))?.status).toBe("resolved");
  });

  test("refuses what is over, what isn't there and what is the same", async () => {
    const { incidentId, asAnn } = await begin();
    const merge = (targetId: string, sourceIds: string[]) => mergeIncidents(asAnn, { targetId, sourceIds });
    await expect(merge(incidentId, [incidentId])).rejects.toMatchObject({ fields: [{ field: "sourceIds" }] });
    await expect(merge(incidentId, ["QNONE"])).rejects.toMatchObject({ code: "not_found" });
    const { id } = await declareIncident(asAnn, { title: "Odd", serviceId: (await makeService(db)).id });
    await resolveIncidents(asAnn, { incidentIds: [id] });
    await expect(merge(id, [incidentId])).rejects.toMatchObject({ code: "already_resolved" });
    await expect(merge(incidentId, [id])).rejects.toMatchObject({ code: "already_resolved" });
  });
});

describe("reopening", () => {
  test("pages from the top of the service's policy of today", async () => {
    const { incidentId, asAnn, service, ben } = await begin();
    await resolveIncidents(asAnn, { incidentIds: [incidentId] });
    const policy = await makePolicy(db, { levels: [{ targets: [{ type: "user", id: ben.id }] }] });
    await sql`update services set escalation_policy_id = ${policy.id} where id = ${service.id}`;
    await reopenIncident(asAnn, { incidentId, because: "It is back" });
    expect(await read(incidentId)).toMatchObject({ status: "triggered", resolvedAt: null, reopenCount: 1 });
    expect(await pagesOf(db)).toEqual(["Ann assigned", "Ben reopened"]);
    expect(await timers()).toEqual(["escalate", "resolve"]);
    await expect(reopenIncident(asAnn, { incidentId })).rejects.toMatchObject({ code: "conflict" });
  });

  test("and taking it pages nobody; a key can't take it, and pages", async () => {
    const { incidentId, asAnn } = await begin();
    const again = async (actor: Actor) => {
      await resolveIncidents(asAnn, { incidentIds: [incidentId] });
      await reopenIncident({ db, actor }, { incidentId, acknowledged: true });
      return (await read(incidentId))?.status;
    };
    expect(await again(asAnn.actor)).toBe("acknowledged");
    expect(await holders(incidentId)).toEqual(["Ann"]);
    const key: Actor = { ...asAnn.actor, type: "api_key", id: "K0000000000001", name: "CI", channel: "api" };
    expect(await again(key)).toBe("triggered");
    expect(await pagesOf(db)).toEqual(["Ann assigned", "Ann reopened"]);
  });

  test("refuses what was merged away, and what another incident with its key has replaced", async () => {
    const { incidentId, asAnn, service } = await begin();
    const { id } = await declareIncident(asAnn, { title: "Odd", serviceId: service.id });
    await mergeIncidents(asAnn, { targetId: incidentId, sourceIds: [id] });
    await expect(reopenIncident(asAnn, { incidentId: id })).rejects.toMatchObject({ code: "conflict" });
    const api = { db, actor: { ...asAnn.actor, channel: "api" } };
    const declare = () => declareIncident(api, { title: "Odd", serviceId: service.id, incidentKey: "odd" });
    const first = await declare();
    await resolveIncidents(asAnn, { incidentIds: [first.id] });
    await declare();
    await expect(reopenIncident(asAnn, { incidentId: first.id })).rejects.toMatchObject({
      code: "invalid",
      fields: [{ field: "incident_key" }],
    });
  });
});

describe("changing fields", () => {
  test("writes what changed and nothing else, and pages nobody", async () => {
    const { incidentId, asAnn } = await begin();
    const other = await makeService(db, { name: "Wallet" });
    const change = {
      title: "Disk full",
      priorityId: "P0000000000001",
      serviceId: other.id,
      customerImpact: true,
    };
    await updateIncident(asAnn, { incidentId, ...change });
    expect(await read(incidentId)).toMatchObject(change);
    const told = async () => (await story(db)).log.filter((type) => type !== "trigger" && type !== "assign");
    const once = ["field_value_change", "field_value_change", "field_value_change", "priority_change"];
    expect((await told()).toSorted()).toEqual(once);
    await updateIncident(asAnn, { incidentId, ...change });
    expect((await told()).toSorted()).toEqual(once);
    expect(await pagesOf(db)).toEqual(["Ann assigned"]);
    expect(await timers()).toEqual(["escalate", "resolve"]);
  });

  test("keeps times in their order and out of the future", async () => {
    const { incidentId, asAnn } = await begin();
    const at = (await now()).getTime();
    const earlier = (minutes: number) => new Date(at - minutes * 60_000);
    const reason = "The graph shows it";
    await updateIncident(asAnn, { incidentId, startedAt: earlier(30), detectedAt: earlier(20), reason });
    expect(await read(incidentId)).toMatchObject({ startedAt: earlier(30), detectedAt: earlier(20) });
    for (const [wrong, field] of [
      [{ detectedAt: earlier(40) }, "detectedAt"],
      [{ mitigatedAt: earlier(40) }, "mitigatedAt"],
      [{ startedAt: earlier(-5), detectedAt: earlier(-5) }, "startedAt"],
    ] as const) {
      await expect(updateIncident(asAnn, { incidentId, ...wrong, reason })).rejects.toMatchObject({
        code: "invalid",
        fields: [{ field }],
      });
    }
  });

  test("corrects what the log says, beside it, and takes it back", async () => {
    const { incidentId, asAnn } = await begin();
    await moveTime({ minutes: 10 });
    await acknowledgeIncident(asAnn, { incidentId });
    const facts = async () =>
      (await db.select().from(incidentFacts).where(eq(incidentFacts.incidentId, incidentId)))[0];
    const logged = (await facts())?.firstAckAt;
    const spoken = new Date((await now()).getTime() - 4 * 60_000);
    const reason = "She said so on the phone.";
    await updateIncident(asAnn, { incidentId, firstAckAt: spoken, causeClass: "capacity", reason });
    expect(await facts()).toMatchObject({ firstAckAt: spoken, causeClass: "capacity" });
    const entries = await db.select().from(logEntries).where(eq(logEntries.type, "field_value_change"));
    expect(entries.map(({ note, data }) => [note, data["field"]])).toEqual([
      [reason, "causeClass"],
      [reason, "firstAckAt"],
    ]);
    await expect(updateIncident(asAnn, { incidentId, resolvedAt: spoken, reason })).rejects.toThrow(
      "It is not resolved yet",
    );
    await updateIncident(asAnn, { incidentId, firstAckAt: null, reason });
    expect((await facts())?.firstAckAt).toEqual(logged);
  });

  test.each([
    ["a title of nothing", { title: "  " }, "title"],
    ["a priority that isn't there", { priorityId: "PNONE" }, "priority"],
    ["a service that isn't there", { serviceId: "SNONE" }, "service"],
  ])("refuses %s", async (_, wrong, field) => {
    const { incidentId, asAnn } = await begin();
    await expect(updateIncident(asAnn, { incidentId, ...wrong })).rejects.toMatchObject({
      fields: [{ field }],
    });
  });

  test("raising the urgency of what was assigned by hand pages those who have it, and leaves it with them", async () => {
    const { service, ann } = await begin();
    const zoe = await makeUser(db, { name: "Zoe" });
    const ctx = actAs(db, ann);
    const opened = await declareIncident(ctx, {
      title: "Odd",
      serviceId: service.id,
      urgency: "low",
      assigneeIds: [zoe.id],
    });
    await updateIncident(ctx, { incidentId: opened.id, urgency: "high" });
    expect(await holders(opened.id)).toEqual(["Zoe"]);
    const told = await db
      .select({ reason: pages.reason, urgency: pages.urgency })
      .from(pages)
      .where(eq(pages.userId, zoe.id))
      .orderBy(pages.step);
    expect(told).toEqual([
      { reason: "reassigned", urgency: "low" },
      { reason: "urgency_raised", urgency: "high" },
    ]);
    await moveTime({ minutes: 31 });
    await tick(db);
    expect(await holders(opened.id)).toEqual(["Ann"]);
  });
});

describe("declaring", () => {
  test("pages the policy, writes the trigger, an audit record and a change", async () => {
    const { service, ben } = await begin();
    const { id, number } = await declareIncident(actAs(db, ben), {
      title: " Checkout fails ",
      serviceId: service.id,
    });
    expect(await read(id)).toMatchObject({ title: "Checkout fails", origin: "person", createdBy: ben.id });
    expect(await holders(id)).toEqual(["Ann"]);
    expect(await db.select().from(auditRecords).where(eq(auditRecords.objectId, id))).toMatchObject([
      { action: "incident.triggered", objectName: `#${number} Checkout fails`, actorId: ben.id },
    ]);
    expect(await db.select().from(outbox).where(eq(outbox.entityId, id))).toMatchObject([
      { topic: "incident.triggered" },
    ]);
  });

  test("for oneself is born acknowledged, and pages nobody", async () => {
    const { service, ben } = await begin();
    const { id } = await declareIncident(actAs(db, ben), {
      title: "Mine",
      serviceId: service.id,
      assigneeIds: [ben.id],
    });
    expect((await read(id))?.status).toBe("acknowledged");
    expect(await db.select().from(pages).where(eq(pages.incidentId, id))).toEqual([]);
  });

  test("refuses what isn't there, naming the field", async () => {
    const { service, ben } = await begin();
    const gone = await makePolicy(db, { deletedAt: new Date() });
    const declare = (wrong: object) =>
      declareIncident(actAs(db, ben), { title: "Odd", serviceId: service.id, ...wrong });
    for (const [wrong, field] of [
      [{ title: " " }, "title"],
      [{ serviceId: "SNONE" }, "service"],
      [{ priorityId: "PNONE" }, "priority"],
      [{ policyId: "PNONE" }, "escalation_policy"],
      [{ policyId: gone.id }, "escalation_policy"],
      [{ assigneeIds: ["UNONE"] }, "assignees"],
      [{ assigneeIds: [ben.id], policyId: gone.id }, "assignments"],
    ] as const) {
      await expect(declare(wrong)).rejects.toMatchObject({ code: "invalid", fields: [{ field }] });
    }
    const stakeholder = actAs(db, { role: "stakeholder" });
    await expect(declareIncident(stakeholder, { title: "Odd", serviceId: service.id })).rejects.toMatchObject(
      {
        code: "forbidden",
      },
    );
  });
});

test("a monitor's acknowledgement of what nobody has leaves it marked as nobody's", async () => {
  const policy = await makePolicy(db, { levels: [] });
  const { integration } = await makeScene(db, { escalationPolicyId: policy.id });
  await accept(db, integration.id, { dedupKey: "disk" });
  await tick(db);
  const { incident } = await story(db);
  expect(incident).toMatchObject({ unassigned: true, status: "triggered" });
  await accept(db, integration.id, { dedupKey: "disk", action: "acknowledge" });
  await tick(db);
  expect(await read(incident.id)).toMatchObject({ unassigned: true, status: "acknowledged" });
});

test("an incident that nobody can be told about is offered again until somebody can, and says so once", async () => {
  const policy = await makePolicy(db, { levels: [] });
  const { integration } = await makeScene(db, {
    escalationPolicyId: policy.id,
    urgencyRule: { type: "constant", urgency: "low" },
    autoResolveTimeout: null,
  });
  await accept(db, integration.id, { dedupKey: "disk" });
  await tick(db);
  const before = (await story(db)).log;
  for (let round = 0; round < 4; round += 1) {
    await moveTime({ minutes: 5 });
    await tick(db);
  }
  expect((await story(db)).log).toEqual(before);
  expect(await sql`select 1 from coverage_gaps`).toHaveLength(1);
  const owner = await makeUser(db, { name: "Owner", role: "owner" });
  await moveTime({ minutes: 5 });
  await tick(db);
  expect(await pagesOf(db)).toEqual(["Owner fallback"]);
  await acknowledgeIncident(actAs(db, owner), { incidentId: (await story(db)).incident.id });
  expect((await story(db)).incident).toMatchObject({ unassigned: false, status: "acknowledged" });
});
