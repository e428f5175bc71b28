import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditRecords } from "#db/schema/organisation";
import { createIntegration } from "#lib/services/commands/create-integration";
import { deleteIntegration } from "#lib/services/commands/delete-integration";
import { rotateIntegrationKey } from "#lib/services/commands/rotate-integration-key";
import { updateIntegration } from "#lib/services/commands/update-integration";
import { findIntegrationsByKey } from "#lib/services/queries/integration-keys";
import { getIntegration, listIntegrations } from "#lib/services/queries/integrations";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeIntegration, makeService } from "#lib/testing/factories";

const { db, sql, moveTime } = await useDatabase();
const ctx = actAs(db, { role: "manager" });
const responder = actAs(db, { role: "responder" });

describe("createIntegration", () => {
  it("makes a key of 32 hexadecimal digits and keeps it out of the audit log", async () => {
    const service = await makeService(db);
    const { id, key } = await createIntegration(ctx, { serviceId: service.id, name: "Prometheus" });
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect(await listIntegrations(ctx, service.id)).toMatchObject([
      { id, key, name: "Prometheus", lastEventAt: null },
    ]);
    const records = await db.select().from(auditRecords).where(eq(auditRecords.objectId, id));
    expect(JSON.stringify(records)).not.toContain(key);
  });

  it("takes a key brought along, once", async () => {
    const service = await makeService(db);
    const key = "R0123456789abcdefghijklmnopqrstu";
    await createIntegration(ctx, { serviceId: service.id, name: "Moved", key });
    await expect(createIntegration(ctx, { serviceId: service.id, name: "Again", key })).rejects.toMatchObject(
      {
        code: "invalid",
        fields: [{ field: "key" }],
      },
    );
    await expect(
      createIntegration(ctx, { serviceId: service.id, name: "Short", key: "abc" }),
    ).rejects.toMatchObject({
      fields: [{ field: "key" }],
    });
  });

  it("refuses a service that is not there, and too few rights", async () => {
    const input = { serviceId: "QNONE", name: "X" };
    await expect(createIntegration(ctx, input)).rejects.toMatchObject({ code: "not_found" });
    await expect(createIntegration(responder, input)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("the key of an integration", () => {
  it("is hidden from those who may only look", async () => {
    const integration = await makeIntegration(db);
    const stakeholder = actAs(db, { role: "stakeholder" });
    expect((await getIntegration(stakeholder, integration.id)).key).toBeNull();
    expect((await getIntegration(responder, integration.id)).key).toBe(integration.key);
  });

  it("is replaced by rotation", async () => {
    const integration = await makeIntegration(db);
    const { key } = await rotateIntegrationKey(ctx, integration.id);
    expect(key).not.toBe(integration.key);
    expect((await getIntegration(ctx, integration.id)).key).toBe(key);
    await expect(rotateIntegrationKey(responder, integration.id)).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("is accepted for a day after it was replaced, unless it was replaced again", async () => {
    const { id, key: first } = await makeIntegration(db);
    const accepted = async (...keys: string[]) => [...(await findIntegrationsByKey(sql, keys)).keys()];
    const { key: second, previousKeyUntil } = await rotateIntegrationKey(ctx, id);
    expect((await getIntegration(ctx, id)).previousKeyUntil).toBe(previousKeyUntil);
    expect(await accepted(first, second)).toEqual([first, second]);
    await moveTime({ hours: 23, minutes: 59 });
    expect(await accepted(first, second)).toEqual([first, second]);
    await moveTime({ minutes: 1 });
    expect(await accepted(first, second)).toEqual([second]);
    expect((await getIntegration(ctx, id)).previousKeyUntil).toBeNull();
    const { key: third } = await rotateIntegrationKey(ctx, id);
    const { key: fourth } = await rotateIntegrationKey(ctx, id);
    expect(await accepted(first, second, third, fourth)).toEqual([third, fourth]);
  });

  it("stands for whoever has it now, not for whoever had it before", async () => {
    const former = await makeIntegration(db);
    await rotateIntegrationKey(ctx, former.id);
    const service = await makeService(db);
    const { id } = await createIntegration(ctx, { serviceId: service.id, name: "Moved", key: former.key });
    expect((await findIntegrationsByKey(sql, [former.key])).get(former.key)?.integrationId).toBe(id);
  });
});

describe("updateIntegration and deleteIntegration", () => {
  it("rename and take away", async () => {
    const integration = await makeIntegration(db);
    await updateIntegration(ctx, { integrationId: integration.id, name: "Renamed" });
    expect((await getIntegration(ctx, integration.id)).name).toBe("Renamed");
    await deleteIntegration(ctx, integration.id);
    await expect(getIntegration(ctx, integration.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteIntegration(ctx, integration.id)).rejects.toMatchObject({ code: "not_found" });
    const taken = { serviceId: integration.serviceId, name: "Revived", key: integration.key };
    await expect(createIntegration(ctx, taken)).rejects.toMatchObject({ fields: [{ field: "key" }] });
  });

  it("need the right to configure", async () => {
    const integration = await makeIntegration(db);
    const update = updateIntegration(responder, { integrationId: integration.id, name: "No" });
    await expect(update).rejects.toMatchObject({ code: "forbidden" });
    await expect(deleteIntegration(responder, integration.id)).rejects.toMatchObject({ code: "forbidden" });
  });
});
