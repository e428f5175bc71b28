import { describe, expect, it } from "vitest";
import { eq } from "drizzle-orm";
import { auditRecords, outbox } from "#db/schema/organisation";
import { users } from "#db/schema/people";
import { services } from "#db/schema/services";
import { createPolicy } from "#lib/escalation/commands/create-policy";
import { deletePolicy } from "#lib/escalation/commands/delete-policy";
import { updatePolicy } from "#lib/escalation/commands/update-policy";
import { getPolicy, listPolicies } from "#lib/escalation/queries/policies";
import { snapshotPolicy } from "#lib/escalation/queries/snapshot-policies";
import { useDatabase } from "#lib/testing/database";
import {
  actAs,
  makeNotificationRule,
  makePolicy,
  makeSchedule,
  makeService,
  makeTeam,
  makeUser,
} from "#lib/testing/factories";

const { db } = await useDatabase();
const ctx = actAs(db, { role: "manager", name: "Mia" });
const responder = actAs(db, { role: "responder" });
const ann = await makeUser(db, { name: "Ann" });
const ben = await makeUser(db, { name: "Ben" });
const gone = await makeUser(db, { name: "Gone", deactivatedAt: new Date("2025-06-01T00:00:00Z") });
const schedule = await makeSchedule(db, { name: "Primary", userIds: [ann.id] });
await makeNotificationRule(db, { userId: ann.id });

const levels = () => [
  { delayMinutes: 5, targets: [{ type: "schedule" as const, id: schedule.id }] },
  { delayMinutes: 10, targets: [{ type: "user" as const, id: ben.id }] },
];

describe("createPolicy", () => {
  it.each(["observer", "stakeholder"] as const)("names no %s: they may not be paged", async (role) => {
    const reader = await makeUser(db, { role });
    const target = { type: "user" as const, id: reader.id };
    await expect(
      createPolicy(ctx, {
        name: "Readers",
        fallbackUserId: reader.id,
        levels: [...levels(), { delayMinutes: 5, targets: [{ type: "user", id: ann.id }, target] }],
      }),
    ).rejects.toMatchObject({
      code: "invalid",
      fields: [{ field: "fallbackUserId" }, { field: "levels.2.targets.1" }],
    });
  });

  it("shows who lost the right to respond as gone, and keeps them on an unrelated edit", async () => {
    const lowered = await makeUser(db, { name: "Lowered" });
    const named = [{ delayMinutes: 5, targets: [{ type: "user" as const, id: lowered.id }] }];
    const { id } = await createPolicy(ctx, { name: "Lowered", levels: named });
    await db.update(users).set({ role: "observer" }).where(eq(users.id, lowered.id));
    await updatePolicy(ctx, { policyId: id, name: "Lowered still", levels: named });
    const policy = await getPolicy(ctx, id);
    expect(policy.levels[0]?.targets).toMatchObject([{ id: lowered.id, isGone: true, people: [] }]);
    expect(policy.warnings.map(({ kind }) => kind)).toEqual(["deactivated", "empty_level"]);
  });

  it("writes the policy with its levels, an audit record and a change", async () => {
    const team = await makeTeam(db);
    const { id, slug } = await createPolicy(ctx, {
      name: "Über Payments!",
      teamId: team.id,
      numLoops: 2,
      levels: levels(),
    });
    expect(slug).toBe("uber-payments");
    const policy = await getPolicy(ctx, slug);
    expect(policy).toMatchObject({ id, numLoops: 2, version: 1, team: { id: team.id }, services: [] });
    expect(
      policy.levels.map(({ delayMinutes, targets }) => [delayMinutes, targets.map(({ name }) => name)]),
    ).toEqual([
      [5, ["Primary"]],
      [10, ["Ben"]],
    ]);
    const [record] = await db.select().from(auditRecords).where(eq(auditRecords.objectId, id));
    expect(record).toMatchObject({ action: "create", actorName: "Mia", objectName: "Über Payments!" });
    expect(await db.select().from(outbox).where(eq(outbox.entityId, id))).toHaveLength(1);
  });

  it("refuses a name in use, in any case of letters", async () => {
    await createPolicy(ctx, { name: "Taken", levels: levels() });
    await expect(createPolicy(ctx, { name: "TAKEN", levels: levels() })).rejects.toMatchObject({
      code: "invalid",
      message: "Name has already been taken",
      fields: [{ field: "name" }],
    });
  });

  it("gives another slug when a deleted policy has it", async () => {
    const { id } = await createPolicy(ctx, { name: "Search", levels: levels() });
    await deletePolicy(ctx, id);
    const again = await createPolicy(ctx, { name: "Search", levels: levels() });
    expect(again.slug).toMatch(/^search-[a-z0-9]{6}$/);
  });

  it.each([
    ["no levels", [], "levels"],
    ["a level without targets", [{ delayMinutes: 5, targets: [] }], "levels.0.targets"],
    [
      "a delay of nothing",
      [{ delayMinutes: 0, targets: [{ type: "user" as const, id: ann.id }] }],
      "levels.0.delayMinutes",
    ],
    [
      "an unknown schedule",
      [{ delayMinutes: 5, targets: [{ type: "schedule" as const, id: "QNONE" }] }],
      "levels.0.targets.0",
    ],
    [
      "a deactivated person",
      [{ delayMinutes: 5, targets: [{ type: "user" as const, id: gone.id }] }],
      "levels.0.targets.0",
    ],
  ])("refuses %s, naming the field", async (_, wrong, field) => {
    await expect(createPolicy(ctx, { name: "Wrong", levels: wrong })).rejects.toMatchObject({
      code: "invalid",
      fields: [{ field }],
    });
  });

  it("needs the right to configure", async () => {
    await expect(createPolicy(responder, { name: "No", levels: levels() })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("updatePolicy", () => {
  it("replaces the document, raises the version and keeps level ids by position", async () => {
    const { id } = await createPolicy(ctx, { name: "Before", levels: levels() });
    const before = await getPolicy(ctx, id);
    const snapshot = await snapshotPolicy(db, id);
    const changed = [{ delayMinutes: 7, targets: [{ type: "user" as const, id: ann.id }] }];
    expect(
      await updatePolicy(ctx, { policyId: id, expectedVersion: 1, name: "After", levels: changed }),
    ).toEqual({ id, version: 2 });
    const after = await getPolicy(ctx, id);
    expect(after).toMatchObject({ name: "After", version: 2, slug: before.slug });
    expect(after.levels.map((level) => level.id)).toEqual([before.levels[0]?.id]);
    expect(snapshot.levels).toHaveLength(2);
  });

  it("refuses a stale version and says who published", async () => {
    const { id } = await createPolicy(ctx, { name: "Raced", levels: levels() });
    await updatePolicy(actAs(db, { name: "Olga", role: "admin" }), {
      policyId: id,
      expectedVersion: 1,
      name: "Raced",
      levels: levels(),
    });
    await expect(
      updatePolicy(ctx, { policyId: id, expectedVersion: 1, name: "Mine", levels: levels() }),
    ).rejects.toMatchObject({
      code: "conflict",
      message: "Olga published version 2 of Raced while you were editing version 1.",
    });
    expect(await getPolicy(ctx, id)).toMatchObject({ name: "Raced", version: 2 });
  });

  it("lets one of two racing editors win", async () => {
    const { id } = await createPolicy(ctx, { name: "Two editors", levels: levels() });
    const edit = (name: string) =>
      updatePolicy(ctx, { policyId: id, expectedVersion: 1, name, levels: levels() });
    const results = await Promise.allSettled([edit("Two editors A"), edit("Two editors B")]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("doesn't let somebody deactivated since stand in the way of another edit", async () => {
    const policy = await makePolicy(db, { levels: [{ targets: [{ type: "user", id: gone.id }] }] });
    const same = [{ delayMinutes: 30, targets: [{ type: "user" as const, id: gone.id }] }];
    await updatePolicy(ctx, { policyId: policy.id, name: "Renamed", levels: same });
    const { warnings } = await getPolicy(ctx, policy.id);
    expect(warnings.map(({ kind }) => kind)).toEqual(["deactivated", "empty_level"]);
  });

  it("refuses what is not there, and too few rights", async () => {
    await expect(updatePolicy(ctx, { policyId: "QNONE", name: "X", levels: levels() })).rejects.toMatchObject(
      { code: "not_found" },
    );
    await expect(
      updatePolicy(responder, { policyId: "QNONE", name: "X", levels: levels() }),
    ).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("deletePolicy", () => {
  it("is refused while a live service uses it, and not by a deleted one", async () => {
    const policy = await makePolicy(db);
    const service = await makeService(db, { name: "Checkout", escalationPolicyId: policy.id });
    await makeService(db, { escalationPolicyId: policy.id, deletedAt: new Date() });
    await expect(deletePolicy(ctx, policy.id)).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("Checkout") as string,
    });
    const other = await makePolicy(db);
    await db.update(services).set({ escalationPolicyId: other.id }).where(eq(services.id, service.id));
    await deletePolicy(ctx, policy.id);
    await expect(getPolicy(ctx, policy.id)).rejects.toMatchObject({ code: "not_found" });
    expect((await snapshotPolicy(db, policy.id)).policyId).toBe(policy.id);
  });

  it("needs the right to configure", async () => {
    await expect(deletePolicy(responder, "QNONE")).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("listPolicies", () => {
  it("shows who every level is now and warns about what would go wrong", async () => {
    const nobody = await makeSchedule(db);
    const policy = await makePolicy(db, {
      name: "Warned",
      levels: [
        { delayMinutes: 5, targets: [{ type: "schedule", id: schedule.id }] },
        { delayMinutes: 5, targets: [{ type: "user", id: ann.id }] },
        { delayMinutes: 5, targets: [{ type: "schedule", id: nobody.id }] },
        { delayMinutes: 5, targets: [{ type: "user", id: ben.id }] },
      ],
    });
    const { policies, total } = await listPolicies(ctx, { query: "warn" });
    expect(total).toBe(1);
    expect(
      policies[0]?.levels.map(({ targets }) => targets.map(({ people }) => people.map(({ name }) => name))),
    ).toEqual([[["Ann"]], [["Ann"]], [[]], [["Ben"]]]);
    expect(policies[0]?.warnings.map(({ kind, level }) => [kind, level])).toEqual([
      ["same_people", 2],
      ["empty_level", 3],
      ["unreachable", 4],
    ]);
    expect((await listPolicies(ctx, { userIds: [ben.id], ids: [policy.id] })).total).toBe(1);
    expect((await listPolicies(ctx, { userIds: [gone.id], ids: [policy.id] })).total).toBe(0);
    expect((await listPolicies(ctx, { scheduleIds: [nobody.id] })).policies.map(({ id }) => id)).toEqual([
      policy.id,
    ]);
  });

  it("finds % and _ as themselves", async () => {
    await makePolicy(db, { name: "100% cover" });
    expect((await listPolicies(ctx, { query: "0% c" })).total).toBe(1);
    expect((await listPolicies(ctx, { query: "0_ c" })).total).toBe(0);
  });
});
