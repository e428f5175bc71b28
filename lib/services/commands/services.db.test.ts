import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditRecords } from "#db/schema/organisation";
import { integrations } from "#db/schema/services";
import { createService } from "#lib/services/commands/create-service";
import { deleteService } from "#lib/services/commands/delete-service";
import { setDependencies } from "#lib/services/commands/set-dependencies";
import { switchService } from "#lib/services/commands/switch-service";
import { updateService } from "#lib/services/commands/update-service";
import { listDependencies } from "#lib/services/queries/dependencies";
import { getService } from "#lib/services/queries/services";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeIntegration, makePolicy, makeService, makeTeam } from "#lib/testing/factories";

const { db } = await useDatabase();
const ctx = actAs(db, { role: "manager" });
const responder = actAs(db, { role: "responder" });
const policy = await makePolicy(db);

describe("createService", () => {
  it("fills in the defaults of the public API", async () => {
    const { id, slug } = await createService(ctx, { name: " Checkout\nAPI ", escalationPolicyId: policy.id });
    expect(slug).toBe("checkout-api");
    expect(await getService(ctx, slug)).toMatchObject({
      id,
      name: "Checkout API",
      health: "active",
      tier: 3,
      team: null,
      policy: { id: policy.id },
      urgencyRule: { type: "constant", urgency: "high" },
      acknowledgementTimeout: 1800,
      autoResolveTimeout: 14_400,
      integrations: [],
    });
  });

  it.each([
    ["a blank name", { name: "  " }, "name"],
    ["a character that Postgres can't store", { name: "a\0b\uD800" }, "name"],
    ["an unknown policy", { escalationPolicyId: "QNONE" }, "escalationPolicyId"],
    ["an unknown team", { teamId: "QNONE" }, "teamId"],
    ["a script as runbook", { runbookUrl: "javascript:alert(1)" }, "runbookUrl"],
    ["a tier out of range", { tier: 5 }, "tier"],
    ["a timer of nothing", { acknowledgementTimeout: 0 }, "acknowledgementTimeout"],
    [
      "support hours in no zone",
      { supportHours: { timeZone: "Mars/Base", startTime: "09:00", endTime: "17:00", daysOfWeek: [1] } },
      "supportHours.timeZone",
    ],
    ["low urgency that waits for support hours without any", { queueLowUrgency: true }, "supportHours"],
    [
      "urgency by support hours without any",
      {
        urgencyRule: {
          type: "use_support_hours" as const,
          duringSupportHours: { type: "constant" as const, urgency: "high" as const },
          outsideSupportHours: { type: "constant" as const, urgency: "low" as const },
        },
      },
      "supportHours",
    ],
  ])("refuses %s, naming the field", async (_, wrong, field) => {
    const input = { name: "Wrong", escalationPolicyId: policy.id, ...wrong };
    await expect(createService(ctx, input)).rejects.toMatchObject({ code: "invalid", fields: [{ field }] });
  });

  it("raises urgency by support hours only where there are any", async () => {
    const hours = { timeZone: "Europe/Berlin", startTime: "09:00", endTime: "17:00", daysOfWeek: [1, 2] };
    const input = { escalationPolicyId: policy.id, raiseUrgencyAt: "support_hours_start" as const };
    await expect(createService(ctx, { ...input, name: "Raised" })).rejects.toMatchObject({
      fields: [{ field: "supportHours" }],
    });
    const { id } = await createService(ctx, { ...input, name: "Raised", supportHours: hours });
    expect(await getService(ctx, id)).toMatchObject({ raiseUrgencyAt: "support_hours_start" });
    await updateService(ctx, { serviceId: id, raiseUrgencyAt: null, supportHours: null });
    expect(await getService(ctx, id)).toMatchObject({ raiseUrgencyAt: null, supportHours: null });
  });

  it("refuses a deleted policy, and a name in use", async () => {
    const deleted = await makePolicy(db, { deletedAt: new Date() });
    await expect(createService(ctx, { name: "New", escalationPolicyId: deleted.id })).rejects.toMatchObject({
      fields: [{ field: "escalationPolicyId" }],
    });
    await makeService(db, { name: "Search" });
    await expect(createService(ctx, { name: "SEARCH", escalationPolicyId: policy.id })).rejects.toMatchObject(
      {
        code: "invalid",
        message: "Name has already been taken",
      },
    );
  });

  it("lets one of two racing creations of the same name win", async () => {
    const create = () => createService(ctx, { name: "Raced", escalationPolicyId: policy.id });
    const results = await Promise.allSettled([create(), create()]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("needs the right to configure", async () => {
    const input = { name: "No", escalationPolicyId: policy.id };
    await expect(createService(responder, input)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("updateService", () => {
  it("changes what is given, keeps the rest, and audits only what changed", async () => {
    const team = await makeTeam(db);
    const service = await makeService(db, { description: "Old", tier: 2 });
    await updateService(ctx, { serviceId: service.id, tier: 1, teamId: team.id, name: service.name });
    expect(await getService(ctx, service.id)).toMatchObject({
      tier: 1,
      team: { id: team.id },
      description: "Old",
    });
    const records = await db.select().from(auditRecords).where(eq(auditRecords.objectId, service.id));
    expect(records).toMatchObject([
      { action: "update", before: { tier: 2, teamId: null }, after: { tier: 1, teamId: team.id } },
    ]);
  });

  it("writes nothing when nothing changes", async () => {
    const service = await makeService(db);
    await updateService(ctx, { serviceId: service.id, name: service.name, links: [] });
    expect(await db.select().from(auditRecords).where(eq(auditRecords.objectId, service.id))).toEqual([]);
  });

  it("refuses a taken name, support hours taken away from under the rule, and too few rights", async () => {
    await makeService(db, { name: "Wallet" });
    const hours = { timeZone: "Europe/Berlin", startTime: "09:00", endTime: "17:00", daysOfWeek: [1, 2] };
    const service = await makeService(db, {
      supportHours: hours,
      urgencyRule: {
        type: "use_support_hours",
        duringSupportHours: { type: "constant", urgency: "high" },
        outsideSupportHours: { type: "constant", urgency: "low" },
      },
    });
    const update = (change: object, as = ctx) => updateService(as, { serviceId: service.id, ...change });
    await expect(update({ name: "wallet" })).rejects.toMatchObject({ fields: [{ field: "name" }] });
    await expect(update({ supportHours: null })).rejects.toMatchObject({
      fields: [{ field: "supportHours" }],
    });
    await expect(update({ tier: 1 }, responder)).rejects.toMatchObject({ code: "forbidden" });
    await expect(updateService(ctx, { serviceId: "QNONE", tier: 1 })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("switchService", () => {
  it("disables and enables, each once", async () => {
    const service = await makeService(db);
    await switchService(ctx, { serviceId: service.id, enabled: false });
    await switchService(ctx, { serviceId: service.id, enabled: false });
    expect((await getService(ctx, service.id)).health).toBe("disabled");
    await switchService(ctx, { serviceId: service.id, enabled: true });
    expect((await getService(ctx, service.id)).disabledAt).toBeNull();
    const records = await db.select().from(auditRecords).where(eq(auditRecords.objectId, service.id));
    expect(records.map(({ action }) => action).sort()).toEqual(["disable", "enable"]);
  });

  it("needs the right to configure", async () => {
    const service = await makeService(db);
    const attempt = switchService(responder, { serviceId: service.id, enabled: false });
    await expect(attempt).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("deleteService", () => {
  it("hides the service, stops its keys and frees its name", async () => {
    const service = await makeService(db, { name: "Ephemeral" });
    const integration = await makeIntegration(db, { serviceId: service.id });
    const user = await makeService(db);
    await setDependencies(ctx, { serviceId: user.id, supportingIds: [service.id] });
    await deleteService(ctx, service.id);
    await expect(getService(ctx, service.id)).rejects.toMatchObject({ code: "not_found" });
    const [row] = await db.select().from(integrations).where(eq(integrations.id, integration.id));
    expect(row?.deletedAt).not.toBeNull();
    expect((await listDependencies(ctx, user.id)).uses).toEqual([]);
    await createService(ctx, { name: "Ephemeral", escalationPolicyId: policy.id });
    await expect(deleteService(ctx, service.id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("needs the right to configure", async () => {
    await expect(deleteService(responder, "QNONE")).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("setDependencies", () => {
  it("replaces what a service uses and shows both directions", async () => {
    const [a, b, c] = [await makeService(db), await makeService(db), await makeService(db)];
    await setDependencies(ctx, { serviceId: a.id, supportingIds: [b.id] });
    await setDependencies(ctx, { serviceId: a.id, supportingIds: [c.id, c.id] });
    expect((await listDependencies(ctx, a.id)).uses.map(({ id }) => id)).toEqual([c.id]);
    expect((await listDependencies(ctx, b.id)).usedBy).toEqual([]);
    expect((await listDependencies(ctx, c.id)).usedBy.map(({ id }) => id)).toEqual([a.id]);
  });

  it("refuses a circle, however long, and itself", async () => {
    const [a, b, c] = [
      await makeService(db),
      await makeService(db, { name: "Middle" }),
      await makeService(db),
    ];
    await setDependencies(ctx, { serviceId: a.id, supportingIds: [b.id] });
    await setDependencies(ctx, { serviceId: b.id, supportingIds: [c.id] });
    await expect(setDependencies(ctx, { serviceId: c.id, supportingIds: [a.id] })).rejects.toMatchObject({
      code: "invalid",
      fields: [{ field: "supportingIds" }],
    });
    await expect(setDependencies(ctx, { serviceId: a.id, supportingIds: [a.id] })).rejects.toMatchObject({
      code: "invalid",
    });
    expect((await listDependencies(ctx, a.id)).uses.map(({ name }) => name)).toEqual(["Middle"]);
  });

  it("never lets two edits close a circle together", async () => {
    const [a, b] = [await makeService(db), await makeService(db)];
    const results = await Promise.allSettled([
      setDependencies(ctx, { serviceId: a.id, supportingIds: [b.id] }),
      setDependencies(ctx, { serviceId: b.id, supportingIds: [a.id] }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("refuses what is not there, and too few rights", async () => {
    const service = await makeService(db);
    const input = { serviceId: service.id, supportingIds: ["QNONE"] };
    await expect(setDependencies(ctx, input)).rejects.toMatchObject({ code: "invalid" });
    await expect(setDependencies(responder, input)).rejects.toMatchObject({ code: "forbidden" });
  });
});
