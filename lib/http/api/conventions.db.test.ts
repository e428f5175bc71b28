import { describe, expect, it } from "vitest";
import { publicApi } from "#lib/testing/api";
import { useDatabase } from "#lib/testing/database";
import { makePolicy, makeService, makeTeam, makeUser } from "#lib/testing/factories";

const { db, sql, moveTime } = await useDatabase();
const { call, makeKey } = await publicApi(db);
const FAILED = { error: { message: "Authentication failed", code: 2006 } };

describe("authentication", () => {
  it.each([null, "wrong", "a'b"])("refuses the key %j", async (key) => {
    const answer = await call("GET", "/abilities", { key });
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual(FAILED);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
  });

  it("takes a key as token and as bearer", async () => {
    const key = await makeKey();
    for (const authorization of [`Token token=${key}`, `Bearer ${key}`]) {
      expect((await call("GET", "/abilities", { key: null, headers: { authorization } })).status).toBe(200);
    }
  });

  it("refuses keys that were revoked, have expired, or whose person is deactivated", async () => {
    const person = await makeUser(db, { deactivatedAt: new Date() });
    const revoked = await makeKey({ revokedAt: new Date() });
    const orphan = await makeKey({ userId: person.id });
    expect((await call("GET", "/abilities", { key: revoked })).status).toBe(401);
    expect((await call("GET", "/abilities", { key: orphan })).status).toBe(401);
    const key = await makeKey({ expiresAt: new Date(Date.now() + 1_800_000) });
    expect((await call("GET", "/abilities", { key })).status).toBe(200);
    await moveTime({ hours: 1 });
    expect((await call("GET", "/abilities", { key })).status).toBe(401);
  });

  it("notes when a key was used, at most once a minute", async () => {
    const key = await makeKey({ name: "Counted" });
    const used = async () =>
      (await sql`select last_used_at from api_keys where name = 'Counted'`)[0]?.["last_used_at"];
    await call("GET", "/abilities", { key });
    const first = await used();
    expect(first).not.toBeNull();
    await moveTime({ seconds: 30 });
    await call("GET", "/abilities", { key });
    expect(await used()).toEqual(first);
    await moveTime({ seconds: 31 });
    await call("GET", "/abilities", { key });
    expect(await used()).not.toEqual(first);
  });

  it("lets read keys read, and write nothing", async () => {
    const owner = await makeUser(db, { role: "owner" });
    for (const key of [
      await makeKey({ scope: "read" }),
      await makeKey({ scope: "read", userId: owner.id }),
    ]) {
      expect((await call("GET", "/teams", { key })).status).toBe(200);
      const refused = await call("POST", "/teams", { key, body: { team: { name: "No" } } });
      expect(refused.status).toBe(403);
      expect(refused.at("error.code")).toBe(2010);
    }
  });

  it("gives a personal key the rights of its person", async () => {
    const responder = await makeUser(db, { role: "responder" });
    const key = await makeKey({ userId: responder.id });
    expect((await call("POST", "/teams", { key, body: { team: { name: "No" } } })).status).toBe(403);
    expect((await call("GET", "/users/me", { key })).text("user.id")).toBe(responder.id);
  });
});

describe("requests", () => {
  it("tells where the caller stands", async () => {
    const { headers } = await call("GET", "/abilities");
    expect(Number(headers.get("ratelimit-limit"))).toBeGreaterThan(900);
    expect(Number(headers.get("ratelimit-remaining"))).toBeGreaterThan(0);
    expect(headers.get("ratelimit-reset")).toMatch(/^\d+$/);
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("answers 400 in its own form to bodies that are missing, no JSON, or no object", async () => {
    for (const body of [undefined, "", "{", "[]", '"x"', "null", '{"team":{"name":"\\u0000"}}']) {
      const answer = await call("POST", "/teams", { body });
      expect(answer.status).toBe(400);
      expect(answer.at("error.code")).toBe(2001);
      expect(answer.at("error.errors")).toHaveLength(1);
    }
  });

  it("takes bodies with and without their root key, and ignores what it doesn't know", async () => {
    const wrapped = await call("POST", "/teams", {
      body: { team: { name: "Wrapped", type: "team", self: "x", nonsense: 1 } },
    });
    const bare = await call("POST", "/teams", { body: { name: "Bare", type: "team" } });
    expect([wrapped.status, bare.status]).toEqual([201, 201]);
    expect(bare.at("team.name")).toBe("Bare");
  });

  it("refuses a body that is too large", async () => {
    const answer = await call("POST", "/teams", { body: { team: { name: "x".repeat(1_100_000) } } });
    expect(answer.status).toBe(413);
  });

  it("derives self from the address that the client used", async () => {
    const team = await makeTeam(db);
    const plain = await call("GET", `/teams/${team.id}`);
    expect(plain.at("team.self")).toBe(`http://api.example.com/api/v2/teams/${team.id}`);
    const headers = { "x-forwarded-host": "pager.example.com", "x-forwarded-proto": "https" };
    const behind = await call("GET", `/teams/${team.id}`, { headers });
    expect(behind.at("team.self")).toBe(`https://pager.example.com/api/v2/teams/${team.id}`);
    expect(behind.at("team.html_url")).toBe(`http://localhost:3000/teams/${team.slug}`);
  });

  it("answers 404 in its own form", async () => {
    for (const path of [
      "/teams/NOPE",
      "/users/NOPE",
      "/services/NOPE",
      "/incidents/NOPE",
      "/escalation_policies/NOPE",
      "/log_entries/NOPE",
      "/teams/%00",
    ]) {
      const answer = await call("GET", path);
      expect(answer.status).toBe(404);
      expect(answer.body).toEqual({ error: { message: "Not Found", code: 2100 } });
    }
  });

  it("needs From with an account key where somebody must have acted", async () => {
    const service = await makeService(db);
    const body = { incident: { title: "Down", service: { id: service.id, type: "service_reference" } } };
    const unknown = { error: { message: "Requester User Not Found", code: 1008 } };
    expect((await call("POST", "/incidents", { body })).body).toMatchObject(unknown);
    const from = await call("POST", "/incidents", { body, headers: { from: "nobody@example.com" } });
    expect(from.status).toBe(400);
    expect(from.body).toMatchObject(unknown);
    const person = await makeUser(db, { role: "stakeholder" });
    const named = await call("POST", "/incidents", { body, headers: { from: person.email.toUpperCase() } });
    expect(named.status).toBe(201);
    const own = await makeKey({ userId: (await makeUser(db)).id });
    expect((await call("POST", "/incidents", { body, key: own })).status).toBe(201);
  });

  it("gives an account key that acts for an owner no owner's rights", async () => {
    const owner = await makeUser(db, { role: "owner" });
    const body = { user: { email: "taken-over@example.com" } };
    const senders: Record<string, string>[] = [{}, { from: owner.email }];
    for (const headers of senders) {
      expect((await call("PUT", `/users/${owner.id}`, { body, headers })).status).toBe(403);
    }
    const [row] = await sql`select email from users where id = ${owner.id}`;
    expect(row?.["email"]).toBe(owner.email);
  });
});

describe("lists", () => {
  it("page by limit and offset, clamp the limit, and count when asked", async () => {
    const team = await makeTeam(db, { name: "Paged" });
    for (let index = 0; index < 3; index += 1) {
      const policy = await makePolicy(db, { teamId: team.id });
      await makeService(db, { escalationPolicyId: policy.id, teamId: team.id, name: `Paged ${index}` });
    }
    const all = `/services?team_ids[]=${team.id}`;
    expect((await call("GET", all)).body).toMatchObject({ limit: 25, offset: 0, more: false, total: null });
    const first = await call("GET", `${all}&limit=2&total=true`);
    expect(first.body).toMatchObject({ limit: 2, offset: 0, more: true, total: 3 });
    expect(first.at("services.0.name")).toBe("Paged 0");
    const second = await call("GET", `${all}&limit=2&offset=2`);
    expect(second.body).toMatchObject({
      limit: 2,
      offset: 2,
      more: false,
      total: null,
      services: [{ name: "Paged 2" }],
    });
    expect((await call("GET", `${all}&limit=1000`)).at("limit")).toBe(100);
    expect((await call("GET", `${all}&limit=0`)).at("limit")).toBe(1);
    expect((await call("GET", `${all}&limit=x`)).at("limit")).toBe(25);
    expect((await call("GET", `${all}&offset=9999`)).status).toBe(400);
  });

  it("takes arrays however they are written", async () => {
    const teams = [await makeTeam(db, { name: "A1" }), await makeTeam(db, { name: "A2" })];
    for (const team of teams)
      await makeUser(db).then(
        (user) => sql`insert into team_members values (${team.id}, ${user.id}, 'responder')`,
      );
    const [one, two] = teams.map(({ id }) => id);
    for (const query of [
      `team_ids[]=${one}&team_ids[]=${two}`,
      `team_ids%5B%5D=${one}&team_ids%5B%5D=${two}`,
      `team_ids=${one}&team_ids=${two}`,
    ]) {
      expect((await call("GET", `/users?total=1&${query}`)).at("total")).toBe(2);
    }
  });
});
