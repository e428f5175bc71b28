import { describe, expect, it } from "vitest";
import { findApiCaller } from "#lib/auth/api-key";
import { createApiKey } from "#lib/organisation/commands/create-api-key";
import { revokeApiKey } from "#lib/organisation/commands/revoke-api-key";
import { rotateApiKey } from "#lib/organisation/commands/rotate-api-key";
import { updateSettings } from "#lib/organisation/commands/update-settings";
import { listApiKeys } from "#lib/organisation/queries/api-keys";
import { auditFacets, listAuditRecords } from "#lib/organisation/queries/audit-records";
import { readHealth } from "#lib/organisation/queries/health";
import { getSettings } from "#lib/organisation/queries/settings";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeUser } from "#lib/testing/factories";

const { db, sql, moveTime, now } = await useDatabase();
const [owner, ann, ben] = [await makeUser(db, { role: "owner" }), await makeUser(db), await makeUser(db)];

describe("API keys", () => {
  it("are shown once, kept as a hash, and work until revoked", async () => {
    const made = await createApiKey(actAs(db, ann), { name: "Laptop", scope: "full" });
    expect(made.key).toMatch(/^[A-Za-z0-9]{20}$/);
    const [row] = await sql`select * from api_keys where id = ${made.id}`;
    expect(JSON.stringify(row)).not.toContain(made.key);
    expect(await findApiCaller(db, made.key)).toMatchObject({
      account: false,
      actor: { id: ann.id, role: "responder" },
    });
    await revokeApiKey(actAs(db, ann), { keyId: made.id });
    expect(await findApiCaller(db, made.key)).toBeNull();
    await expect(revokeApiKey(actAs(db, ann), { keyId: made.id })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("of the organisation need the right to manage it", async () => {
    await expect(
      createApiKey(actAs(db, ann), { name: "All", scope: "full", account: true }),
    ).rejects.toMatchObject({ code: "forbidden" });
    const made = await createApiKey(actAs(db, owner), { name: "Terraform", scope: "full", account: true });
    expect(await findApiCaller(db, made.key)).toMatchObject({
      account: true,
      actor: { type: "api_key", role: "admin", name: "Terraform" },
    });
  });

  it("are seen and changed by their person and administrators only", async () => {
    const { id } = await createApiKey(actAs(db, ann), { name: "Hers", scope: "read" });
    const names = async (user: typeof ann) => (await listApiKeys(actAs(db, user))).map(({ name }) => name);
    expect(await names(ben)).toEqual([]);
    expect(await names(ann)).toContain("Hers");
    expect(await names(owner)).toContain("Hers");
    await expect(revokeApiKey(actAs(db, ben), { keyId: id })).rejects.toMatchObject({ code: "not_found" });
    await expect(rotateApiKey(actAs(db, ben), { keyId: id })).rejects.toMatchObject({ code: "not_found" });
    await revokeApiKey(actAs(db, owner), { keyId: id });
    expect((await listApiKeys(actAs(db, ann))).find((key) => key.id === id)?.state).toBe("revoked");
  });

  it("rotate: the old secret ends, the new one begins", async () => {
    const made = await createApiKey(actAs(db, ann), { name: "Rotating", scope: "full" });
    const rotated = await rotateApiKey(actAs(db, ann), { keyId: made.id });
    expect(rotated.id).toBe(made.id);
    expect(await findApiCaller(db, made.key)).toBeNull();
    expect(await findApiCaller(db, rotated.key)).not.toBeNull();
  });

  it("of another person are given to nobody, whatever their role", async () => {
    const hers = await createApiKey(actAs(db, owner), { name: "The owner’s", scope: "full" });
    const admin = actAs(db, await makeUser(db, { role: "admin" }));
    await expect(rotateApiKey(admin, { keyId: hers.id })).rejects.toMatchObject({ code: "forbidden" });
    expect(await findApiCaller(db, hers.key)).toMatchObject({ actor: { id: owner.id } });
    expect((await listApiKeys(admin)).find(({ id }) => id === hers.id)).toMatchObject({ mayRotate: false });
    await revokeApiKey(admin, { keyId: hers.id });
    expect(await findApiCaller(db, hers.key)).toBeNull();
  });

  it("expire", async () => {
    const soon = new Date((await now()).getTime() + 3_600_000).toISOString();
    const made = await createApiKey(actAs(db, ann), { name: "Short", scope: "full", expiresAt: soon });
    await moveTime({ hours: 2 });
    expect(await findApiCaller(db, made.key)).toBeNull();
    expect((await listApiKeys(actAs(db, ann))).find(({ id }) => id === made.id)?.state).toBe("expired");
    await expect(
      createApiKey(actAs(db, ann), { name: "Past", scope: "full", expiresAt: soon }),
    ).rejects.toMatchObject({ code: "invalid", fields: [{ field: "expiresAt" }] });
  });

  it("leave audit records without their secret", async () => {
    const made = await createApiKey(actAs(db, ann), { name: "Audited", scope: "full" });
    const { records } = await listAuditRecords(actAs(db, owner), { objectId: made.id });
    expect(records).toMatchObject([
      { action: "create", actor: { id: ann.id }, object: { type: "api_key", name: "Audited" } },
    ]);
    expect(JSON.stringify(records)).not.toContain(made.key);
  });
});

describe("settings", () => {
  it("have defaults, are kept, and are audited", async () => {
    expect(await getSettings(actAs(db, ann))).toEqual({
      organisation_name: "Touchline",
      catch_all_user_id: null,
      cost_per_hour: 100,
      cost_per_impact_minute: 0,
      currency: "USD",
    });
    const ctx = actAs(db, owner);
    expect(
      await updateSettings(ctx, { organisation_name: "Kick-off Inc.", catch_all_user_id: ann.id }),
    ).toMatchObject({ organisation_name: "Kick-off Inc.", catch_all_user_id: ann.id });
    expect(await getSettings(actAs(db, ann))).toMatchObject({ catch_all_user_id: ann.id });
    expect(await updateSettings(ctx, { catch_all_user_id: null })).toMatchObject({ catch_all_user_id: null });
    const { records } = await listAuditRecords(ctx, { objectTypes: ["settings"] });
    expect(records).toHaveLength(2);
    expect(records[0]).toMatchObject({
      before: { catch_all_user_id: ann.id },
      after: { catch_all_user_id: null },
    });
  });

  it("refuse strangers, nobodies and the deactivated", async () => {
    await expect(updateSettings(actAs(db, ann), { organisation_name: "X" })).rejects.toMatchObject({
      code: "forbidden",
    });
    const gone = await makeUser(db, { deactivatedAt: new Date() });
    for (const userId of ["QNOBODY", gone.id]) {
      await expect(updateSettings(actAs(db, owner), { catch_all_user_id: userId })).rejects.toMatchObject({
        code: "invalid",
      });
    }
  });
});

describe("the audit log", () => {
  it("pages through everything once, newest first, and counts its facets", async () => {
    const ctx = actAs(db, owner);
    const all = await listAuditRecords(ctx, { limit: 200 });
    expect(all.nextCursor).toBeNull();
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listAuditRecords>> = await listAuditRecords(ctx, {
        limit: 2,
        cursor,
      });
      seen.push(...page.records.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(all.records.map(({ id }) => id));
    expect(new Set(seen).size).toBe(seen.length);
    const facets = await auditFacets(ctx);
    expect(facets.actors.map(({ id }) => id)).toEqual(expect.arrayContaining([ann.id, owner.id]));
    expect(facets.objectTypes.reduce((sum, { count }) => sum + count, 0)).toBe(seen.length);
    expect(facets.actions.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["create", "revoke", "rotate", "update"]),
    );
    const some = await listAuditRecords(ctx, { actions: ["revoke"], actorIds: [owner.id] });
    expect(some.records.every(({ action, actor }) => action === "revoke" && actor.id === owner.id)).toBe(
      true,
    );
    expect(some.records.length).toBeGreaterThan(0);
  });

  it("is read by those with the right alone, and refuses a cursor that isn't ours", async () => {
    await expect(listAuditRecords(actAs(db, ann))).rejects.toMatchObject({ code: "forbidden" });
    for (const cursor of ["x", "WyJ4Il0", Buffer.from("[1e400,1]").toString("base64url")]) {
      await expect(listAuditRecords(actAs(db, owner), { cursor })).rejects.toMatchObject({ code: "invalid" });
    }
  });
});

describe("health", () => {
  it("is bad without an engine, good with one, and bad again when a module fails or the engine falls silent", async () => {
    expect(await readHealth(db, { engines: true })).toMatchObject({
      ok: false,
      database: { ok: true },
      migrations: { ok: true },
      engines: { living: 0 },
    });
    expect((await readHealth(db, { engines: false })).ok).toBe(true);
    const at = (await now()).toISOString();
    const beat = async (error: string | null) => {
      const modules = JSON.stringify({ deliveries: { at, ms: 3, error } });
      await sql`insert into engines (id, started_at, beat_at, process_id, modules) values ('e1', now(), now(), 1, ${modules}::text::jsonb)
        on conflict (id) do update set beat_at = now(), modules = excluded.modules`;
    };
    await beat(null);
    const good = await readHealth(db, { engines: true });
    expect(good).toMatchObject({
      ok: true,
      problems: [],
      engines: { living: 1, modules: [{ name: "deliveries", ok: true, error: null }] },
    });
    await beat("smtp is down");
    const failing = await readHealth(db, { engines: true });
    expect(failing.ok).toBe(false);
    expect(failing.problems).toEqual([expect.stringContaining("deliveries fails")]);
    await beat(null);
    await moveTime({ minutes: 1 });
    expect(await readHealth(db, { engines: true })).toMatchObject({ ok: false, engines: { living: 0 } });
  });
});
