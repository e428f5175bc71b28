import { describe, expect, it } from "vitest";
import { hashPassword } from "#lib/auth/password";
import { signInWithPassword, signInWithProvider } from "#lib/auth/sign-in";
import { useDatabase } from "#lib/testing/database";
import { makeUser } from "#lib/testing/factories";

const { db, sql } = await useDatabase();
const passwordHash = await hashPassword("correct horse battery");
const ann = await makeUser(db, { email: "ann@example.com", passwordHash, sessionVersion: 3 });

describe("signing in with a password", () => {
  it("takes the right one, whatever the case of the address, and notes it", async () => {
    const signedIn = await signInWithPassword(db, {
      email: " ANN@example.com",
      password: "correct horse battery",
      ip: "192.0.2.1",
    });
    expect(signedIn).toMatchObject({ id: ann.id, sessionVersion: 3 });
    const [row] = await sql`select last_sign_in_at is not null as noted from users where id = ${ann.id}`;
    expect(row?.["noted"]).toBe(true);
    const [record] = await sql`select action, actor_id, after from audit_records where object_id = ${ann.id}`;
    expect(record).toEqual({ action: "sign_in", actor_id: ann.id, after: { method: "password" } });
  });

  it("says the same to a wrong password, an unknown address, and somebody without a password or access", async () => {
    await makeUser(db, { email: "sso@example.com" });
    await makeUser(db, { email: "gone@example.com", passwordHash, deactivatedAt: new Date() });
    for (const email of ["ann@example.com", "nobody@example.com", "sso@example.com", ""]) {
      expect(await signInWithPassword(db, { email, password: "wrong", ip: "192.0.2.2" })).toBe("wrong");
    }
    const gone = { email: "gone@example.com", password: "correct horse battery", ip: "192.0.2.2" };
    expect(await signInWithPassword(db, gone)).toBe("wrong");
  });

  it("stops after ten failures, known address or not, and then refuses the right password too", async () => {
    for (const email of ["ann@example.com", "nobody@example.com"]) {
      for (let attempt = 0; attempt < 10; attempt += 1) {
        expect(await signInWithPassword(db, { email, password: "wrong", ip: "192.0.2.3" })).toBe("wrong");
      }
      expect(
        await signInWithPassword(db, { email, password: "correct horse battery", ip: "192.0.2.3" }),
      ).toBe("too_many");
    }
    const elsewhere = { email: "ann@example.com", password: "correct horse battery", ip: "192.0.2.4" };
    expect(await signInWithPassword(db, elsewhere)).toMatchObject({ id: ann.id });
  });
});

describe("signing in through a provider", () => {
  it("lets in whom we know by their address, and nobody else", async () => {
    expect(await signInWithProvider(db, "Ann@Example.com")).toMatchObject({ id: ann.id });
    expect(await signInWithProvider(db, "new@example.com")).toBeNull();
  });
});
