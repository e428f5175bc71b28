import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { apiKeys, auditRecords } from "#db/schema/organisation";
import { users } from "#db/schema/people";
import { verifyPassword } from "#lib/auth/password";
import { newId } from "#lib/ids";
import { changeRole } from "#lib/people/commands/change-role";
import { createUser } from "#lib/people/commands/create-user";
import { deactivateUser } from "#lib/people/commands/deactivate-user";
import { endSessions } from "#lib/people/commands/end-sessions";
import { reactivateUser } from "#lib/people/commands/reactivate-user";
import { setPassword } from "#lib/people/commands/set-password";
import { updatePreferences } from "#lib/people/commands/update-preferences";
import { updateUser } from "#lib/people/commands/update-user";
import { listContacts } from "#lib/people/queries/contacts";
import { getPreferences, getUser } from "#lib/people/queries/users";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeOverride, makePolicy, makeSchedule, makeUser } from "#lib/testing/factories";

const { db } = await useDatabase();
const owner = await makeUser(db, { role: "owner", name: "Olga" });
const ctx = actAs(db, owner);
const admin = actAs(db, { role: "admin" });
const manager = actAs(db, { role: "manager" });

async function read(userId: string) {
  const [row] = await db.select().from(users).where(eq(users.id, userId));
  return row;
}

describe("createUser", () => {
  it("gives a default e-mail address and immediate rules for both urgencies, and hashes the password", async () => {
    const input = {
      name: "Nia",
      email: "Nia@Example.com",
      role: "observer" as const,
      password: "correct horse",
    };
    const { id } = await createUser(admin, input);
    const contacts = (await listContacts(ctx, [id])).get(id);
    expect(contacts?.methods).toMatchObject([
      { channel: "email", label: "Default", address: "Nia@Example.com", enabled: true },
    ]);
    expect(contacts?.rules.map(({ urgency, delayMinutes }) => [urgency, delayMinutes])).toEqual([
      ["high", 0],
      ["low", 0],
    ]);
    const row = await read(id);
    expect(await verifyPassword(row?.passwordHash ?? null, "correct horse")).toBe(true);
    const records = await db.select().from(auditRecords).where(eq(auditRecords.objectId, id));
    expect(JSON.stringify(records)).not.toMatch(/horse|argon2/);
  });

  it("refuses an address in use with the sentence that clients wait for", async () => {
    await makeUser(db, { email: "taken@example.com" });
    await expect(createUser(admin, { name: "X", email: "TAKEN@example.com" })).rejects.toMatchObject({
      code: "invalid",
      message: "Email has already been taken",
      fields: [{ field: "email" }],
    });
  });

  it.each([
    ["no address", { email: "nobody" }, "email"],
    ["a zone that doesn't exist", { timeZone: "Mars/Base" }, "timeZone"],
    ["a short password", { password: "short" }, "password"],
  ])("refuses %s", async (_, wrong, field) => {
    const input = { name: "X", email: `${newId()}@example.com`, ...wrong };
    await expect(createUser(admin, input)).rejects.toMatchObject({ code: "invalid", fields: [{ field }] });
  });

  it("needs the right to manage people, and an owner to make an owner", async () => {
    const input = { name: "X", email: "new-owner@example.com", role: "owner" as const };
    await expect(createUser(manager, input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(createUser(admin, input)).rejects.toMatchObject({ code: "forbidden" });
    const { id } = await createUser(ctx, input);
    await deactivateUser(ctx, id);
  });
});

describe("updateUser", () => {
  it("lets people change their own profile but not their address", async () => {
    const ann = await makeUser(db, { name: "Ann" });
    const self = actAs(db, ann);
    await updateUser(self, { userId: ann.id, name: "Anna", timeZone: "europe/berlin" });
    expect(await getUser(self, ann.id)).toMatchObject({
      name: "Anna",
      timeZone: "Europe/Berlin",
      email: ann.email,
    });
    const change = updateUser(self, { userId: ann.id, email: "other@example.com" });
    await expect(change).rejects.toMatchObject({ code: "forbidden" });
    await updateUser(self, { userId: ann.id, email: ann.email });
  });

  it("needs the right to manage people for others, and an owner for owners", async () => {
    const ann = await makeUser(db);
    await expect(updateUser(manager, { userId: ann.id, name: "X" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(updateUser(admin, { userId: owner.id, name: "X" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await updateUser(admin, { userId: ann.id, email: "ann2@example.com" });
    await expect(updateUser(admin, { userId: ann.id, email: owner.email })).rejects.toMatchObject({
      fields: [{ field: "email" }],
    });
    await expect(updateUser(admin, { userId: "QNONE", name: "X" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("updatePreferences", () => {
  it("merges, forgets and refuses what is no preference", async () => {
    const ann = await makeUser(db);
    const self = actAs(db, ann);
    await updatePreferences(self, { theme: "dark", density: "compact" });
    expect(await updatePreferences(self, { theme: null, weekStart: "monday" })).toEqual({
      density: "compact",
      weekStart: "monday",
    });
    expect(await getPreferences(self)).toEqual({ density: "compact", weekStart: "monday" });
    await expect(updatePreferences(self, { "no key": "x" })).rejects.toMatchObject({ code: "invalid" });
    await expect(updatePreferences(actAs(db), { theme: "dark" })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("changeRole", () => {
  it("changes the role and records it", async () => {
    const ann = await makeUser(db, { role: "responder" });
    await changeRole(admin, { userId: ann.id, role: "manager" });
    expect((await getUser(ctx, ann.id)).role).toBe("manager");
    const records = await db.select().from(auditRecords).where(eq(auditRecords.objectId, ann.id));
    expect(records).toMatchObject([{ before: { role: "responder" }, after: { role: "manager" } }]);
  });

  it("refuses to take the last owner's role, and lets no administrator make owners", async () => {
    await expect(changeRole(ctx, { userId: owner.id, role: "admin" })).rejects.toMatchObject({
      code: "invalid",
      fields: [{ field: "role" }],
    });
    const ann = await makeUser(db);
    await expect(changeRole(admin, { userId: ann.id, role: "owner" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(changeRole(admin, { userId: owner.id, role: "admin" })).rejects.toMatchObject({
      code: "invalid",
    });
    await expect(changeRole(manager, { userId: ann.id, role: "admin" })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("keeps one of two owners who demote each other at once", async () => {
    const second = await makeUser(db, { role: "owner" });
    const results = await Promise.allSettled([
      changeRole(actAs(db, second), { userId: owner.id, role: "admin" }),
      changeRole(ctx, { userId: second.id, role: "admin" }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await db.update(users).set({ role: "owner" }).where(eq(users.id, owner.id));
    await db.update(users).set({ role: "admin" }).where(eq(users.id, second.id));
  });
});

describe("deactivateUser", () => {
  it("ends sessions and keys, and answers what is left behind", async () => {
    const ann = await makeUser(db);
    const schedule = await makeSchedule(db, { userIds: [ann.id] });
    const covered = await makeSchedule(db);
    await makeOverride(db, {
      scheduleId: covered.id,
      userId: ann.id,
      startsAt: new Date("2099-01-01T00:00:00Z"),
      endsAt: new Date("2099-01-02T00:00:00Z"),
    });
    const policy = await makePolicy(db, { levels: [{ targets: [{ type: "user", id: ann.id }] }] });
    const key = {
      id: newId(),
      name: "k",
      scope: "full" as const,
      hash: newId(),
      lastFour: "abcd",
      createdAt: new Date(),
    };
    await db.insert(apiKeys).values({ ...key, userId: ann.id });
    const obligations = await deactivateUser(admin, ann.id);
    expect(obligations.openIncidents).toEqual([]);
    expect(obligations.policies.map(({ id }) => id)).toEqual([policy.id]);
    expect(obligations.schedules.map(({ id }) => id).sort()).toEqual([schedule.id, covered.id].sort());
    const row = await read(ann.id);
    expect(row).toMatchObject({ sessionVersion: ann.sessionVersion + 1 });
    expect(row?.deactivatedAt).not.toBeNull();
    const [revoked] = await db.select().from(apiKeys).where(eq(apiKeys.id, key.id));
    expect(revoked?.revokedAt).not.toBeNull();
    await reactivateUser(admin, ann.id);
    expect((await read(ann.id))?.deactivatedAt).toBeNull();
  });

  it("refuses the last owner, owners to administrators, and too few rights", async () => {
    await expect(deactivateUser(ctx, owner.id)).rejects.toMatchObject({ code: "invalid" });
    const second = await makeUser(db, { role: "owner" });
    await expect(deactivateUser(admin, second.id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(deactivateUser(manager, second.id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(reactivateUser(manager, second.id)).rejects.toMatchObject({ code: "forbidden" });
    await deactivateUser(ctx, second.id);
    await expect(reactivateUser(admin, second.id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(deactivateUser(ctx, "QNONE")).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("setPassword", () => {
  it("asks oneself for the current password and ends every session", async () => {
    const { id } = await createUser(admin, {
      name: "Pia",
      email: "pia@example.com",
      password: "first password",
    });
    const self = actAs(db, await read(id));
    await expect(setPassword(self, { userId: id, password: "second password" })).rejects.toMatchObject({
      fields: [{ field: "currentPassword" }],
    });
    await setPassword(self, { userId: id, password: "second password", currentPassword: "first password" });
    const row = await read(id);
    expect(await verifyPassword(row?.passwordHash ?? null, "second password")).toBe(true);
    expect(row?.sessionVersion).toBe(2);
  });

  it("lets those who manage people set others' passwords, but not an owner's", async () => {
    const ann = await makeUser(db);
    await setPassword(admin, { userId: ann.id, password: "given by admin" });
    await expect(setPassword(admin, { userId: owner.id, password: "given by admin" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(setPassword(manager, { userId: ann.id, password: "given by admin" })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("endSessions", () => {
  it("ends every session of oneself; others' only with the right to manage people", async () => {
    const ann = await makeUser(db);
    await endSessions(actAs(db, ann), ann.id);
    await endSessions(admin, ann.id);
    expect((await read(ann.id))?.sessionVersion).toBe(3);
    await expect(endSessions(manager, ann.id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(endSessions(admin, owner.id)).rejects.toMatchObject({ code: "forbidden" });
  });
});
